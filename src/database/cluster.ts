import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, EmbeddedDatabaseError } from './binaries.ts';
import type { Log } from './log.ts';
import { handOver, type RunAs } from './run-as.ts';

const run = promisify(execFile);

/** The role that owns everything in the cluster, and the database of the service. */
export const OWNER = 'kaoping';

/** Where the parts of an embedded database lie. */
export interface Place {
  /** PostgreSQL's own folder. */
  cluster: string;
  password: string;
  log: string;
  /** Held alone while somebody starts or stops the server. */
  gate: string;
  /** Held, shared, by every process that uses the server. */
  users: string;
}

/** The folder must be a real path: the server is recognised by it. */
export const placeIn = (folder: string): Place => ({
  cluster: join(folder, 'cluster'),
  password: join(folder, 'password'),
  log: join(folder, 'postgres.log'),
  gate: join(folder, 'gate.lock'),
  users: join(folder, 'users.lock'),
});

/** The environment PostgreSQL's programs get: nothing of ours may change where or as whom they work. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
});

/**
 * Makes the cluster and its password where there is none yet, and returns the password. A cluster appears whole or
 * not at all: it grows under another name. Only one process may be here at a time.
 */
export async function keepCluster(place: Place, binaries: Binaries, runAs: RunAs, log: Log): Promise<string> {
  if (await exists(place.cluster)) return readPassword(place);
  const folder = dirname(place.cluster);
  await handOver(folder, binaries, runAs);
  await removeUnfinished(folder);
  const password = await writePassword(place.password, runAs);
  const unfinished = join(folder, `cluster.new-${randomBytes(6).toString('hex')}`);
  await initialise(unfinished, place.password, binaries, runAs, log);
  await rename(unfinished, place.cluster);
  await syncFolder(folder);
  return password;
}

async function initialise(
  folder: string,
  passwordFile: string,
  binaries: Binaries,
  runAs: RunAs,
  log: Log,
): Promise<void> {
  const command = [
    ...runAs.prefix,
    binaries.initdb,
    `--pgdata=${folder}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Code point order and full Unicode case rules on every machine, whatever libraries it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const [program = '', ...rest] = command;
  log.info({ folder }, 'creating the embedded PostgreSQL cluster');
  try {
    await run(program, rest, { ...runAs.ids, cwd: dirname(folder), env: serverEnvironment() });
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new EmbeddedDatabaseError(`PostgreSQL could not create its folder ${folder}: ${said}`, { cause });
  }
}

/** Random, readable by its owner alone: other users of this machine can reach the port. */
async function writePassword(path: string, { ids }: RunAs): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(`${password}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  if (ids.uid !== undefined) await chown(path, ids.uid, ids.gid);
  return password;
}

async function readPassword(place: Place): Promise<string> {
  try {
    return (await readFile(place.password, 'utf8')).trim();
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The password of the database cannot be read from ${place.password}: ` +
        'run as the user who started the service, or put the file back from a copy of the folder.',
      { cause },
    );
  }
}

/** What is left of starts that were killed while they made a cluster. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith('cluster.new-')) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
