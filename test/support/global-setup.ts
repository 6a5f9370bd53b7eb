import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded, stopIfUnused } from '../../src/database/embedded.ts';
import { dropDatabasesOfRun, makeTemplate } from './fresh-database.ts';
import { noteIn, notesIn } from './left-out.ts';
import { memoryLog } from './log.ts';
import { findPostgres, findRedis, type Services } from './services.ts';

const PREFIX = 'kaoping-test-';

/** A folder this young may belong to a run that is just starting, in milliseconds. */
const YOUNG = 60_000;

/**
 * Starts one embedded PostgreSQL for the whole run and looks for outside services. At the end it says what was
 * left out, and leaves nothing behind.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAbandonedRuns();
  const run = randomBytes(4).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  // Some tests start processes of users without rights.
  await chmod(folder, 0o711);
  const embedded = await startEmbedded({ dataDir: join(folder, 'postgres'), log: memoryLog() });
  const cleanUp = async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const services = await findServices(folder, run, embedded.url);
    project.provide('services', services);
    return async () => {
      if (services.outside !== null) await dropDatabasesOfRun(services.outside.admin, run);
      for (const line of notesIn(folder)) process.stdout.write(`${line}\n`);
      await cleanUp();
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function findServices(folder: string, run: string, embedded: string): Promise<Services> {
  const [postgres, redis] = await Promise.all([findPostgres(), findRedis()]);
  if (postgres.url === null) noteIn(folder, 'the same suites on an outside PostgreSQL', postgres.missing);
  if (redis.url === null) noteIn(folder, 'the same suites on Redis', redis.missing);
  return {
    folder,
    run,
    embedded: await makeTemplate(embedded, run, false),
    outside: postgres.url === null ? null : await makeTemplate(postgres.url, run, true),
    redis: redis.url,
  };
}

/** A run that was killed leaves its server and its folder; the next run ends and removes them. */
async function clearAbandonedRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const dataDir = join(folder, 'postgres');
  const { birthtimeMs } = await stat(folder);
  if (Date.now() - birthtimeMs < YOUNG) return false;
  if (!existsSync(dataDir)) return true;
  // Another user's run, or one that ends at this moment: not ours to clear.
  return stopIfUnused({ dataDir, log: memoryLog() }).catch(() => false);
}
