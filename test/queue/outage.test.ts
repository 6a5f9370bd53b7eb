import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBackends, type TestBackend } from './backends.ts';
import { killChildrenAfterEach, quickTiming, startChild } from './child.ts';
import { freePort } from './embedded.ts';
import { closeAfterEach, eventually, freshQueue, grade } from './harness.ts';
import { onDatabase } from './on-database.ts';

/** A server that goes away and comes back with what it had. */
interface Outage extends Pick<TestBackend, 'name' | 'place' | 'remove'> {
  begin(): Promise<void>;
  end(): Promise<void>;
}

const servers = [await postgresOutage()];
const redisBinary = 'redis-server';
if (spawnSync(redisBinary, ['--version']).status === 0) servers.push(await redisOutage());
else console.log(`left out: an outage of Redis, because there is no ${redisBinary} on this machine`);

closeAfterEach();
killChildrenAfterEach();
afterAll(async () => {
  for (const server of servers) await server.remove();
});

describe.each(servers)('while $name is away', (server) => {
  it('adding fails soon, no process ends, and all goes on when it is back', async () => {
    const { open, work, log } = freshQueue(server, { retry: { attempts: 8, firstDelayMs: 100 } });
    const queue = await open();
    const completed: string[] = [];
    await queue.onEvent(({ type, jobId }) => {
      if (type === 'completed') completed.push(jobId);
    });
    const gate = Promise.withResolvers<void>();
    const ran: string[] = [];
    await work({
      timing: quickTiming,
      work: async ({ attemptId }) => {
        ran.push(attemptId);
        if (attemptId === 'during') await gate.promise;
      },
    });
    await queue.enqueue(grade('before'));
    await eventually(() => expect(completed).toEqual(['grade-before-r1']));
    await queue.enqueue(grade('during'));
    await eventually(() => expect(ran).toContain('during'));
    await queue.enqueue(grade('waiting'));

    await server.begin();
    await expect(queue.enqueue(grade('refused'))).rejects.toThrow();
    await expect(queue.ping()).rejects.toThrow('does not answer');
    gate.resolve();
    await eventually(() => expect(log.lines.some(({ level }) => level === 'warn')).toBe(true));
    await server.end();

    await eventually(() => expect(queue.ping()).resolves.toBeUndefined());
    await eventually(async () =>
      expect(await queue.counts()).toMatchObject({ completed: 3, active: 0, waiting: 0 }),
    );
    await eventually(() => queue.enqueue(grade('after')));
    await eventually(() => expect(completed).toContain('grade-after-r1'));
    expect(ran).toEqual(expect.arrayContaining(['before', 'during', 'waiting', 'after']));
    expect(ran).not.toContain('refused');
  });

  it('a process that is told to end does end, of itself', async () => {
    const { config, open, work } = freshQueue(server);
    const queue = await open();
    const { child, said } = startChild(config);
    await queue.enqueue(grade('held'));
    await eventually(() => expect(said).toContain('took held'));
    await server.begin();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await server.end();
    const ran: string[] = [];
    await work({ timing: quickTiming, work: async ({ attemptId }) => void ran.push(attemptId) });
    await eventually(() => expect(ran).toEqual(['held']));
  });
});

/** The database refuses everybody and drops who is connected: what a restart looks like from outside. */
async function postgresOutage(): Promise<Outage> {
  const all = await findBackends();
  const postgres = all.find(({ kind }) => kind === 'postgres');
  if (!postgres) throw new Error('there is always a PostgreSQL');
  const address = new URL(postgres.place().databaseUrl ?? '');
  const database = address.pathname.slice(1);
  address.pathname = '/postgres';
  const server = address.href;
  return {
    name: postgres.name,
    place: postgres.place,
    begin: async () => {
      await onDatabase(server, `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`);
      await onDatabase(
        server,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
      );
    },
    end: async () => {
      await onDatabase(server, `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true`);
    },
    remove: async () => {
      for (const backend of all) await backend.remove();
    },
  };
}

/** A Redis of our own that writes every command to its log, killed and started again. */
async function redisOutage(): Promise<Outage> {
  const folder = await mkdtemp(join(tmpdir(), 'kp-queue-redis-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async () => {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const child = spawn(redisBinary, [...options, '--appendonly', 'yes', '--appendfsync', 'always']);
    server = child;
    for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      if (String(text).includes('Ready to accept connections')) break;
    }
    child.stdout.resume();
  };
  const stop = async () => {
    server?.kill('SIGKILL');
    if (server) await once(server, 'exit');
    server = undefined;
  };
  await start();
  let names = 0;
  return {
    name: 'redis (its own server)',
    place: () => ({ redisUrl: `redis://127.0.0.1:${port}`, namespace: `kp_outage_${names++}` }),
    begin: stop,
    end: start,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
