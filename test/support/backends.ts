import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { copyTemplate, type FreshDatabase } from './fresh-database.ts';
import type { DatabaseServer } from './services.ts';

export type { FreshDatabase } from './fresh-database.ts';

/**
 * The backends a suite runs on. The embedded PostgreSQL is always there, the others when they are found:
 *
 *     describe.each(databases())('on $name', ({ createDatabase }) => {
 *       beforeAll(async () => { database = await createDatabase(); });
 *       afterAll(() => database.drop());
 *
 * Everything is fresh: nothing that one test file does is seen by another.
 */
export interface DatabaseKind {
  name: 'embedded' | 'outside';
  /** A new database with all tables and no rows. Call `drop` after the last connection is closed. */
  createDatabase(): Promise<FreshDatabase>;
}

/** What the queue is opened with: exactly one of the two addresses is set. */
export interface FreshQueue {
  databaseUrl?: string;
  redisUrl?: string;
  /** Keeps this queue apart from all others there. */
  namespace: string;
  drop(): Promise<void>;
}

export interface QueueKind {
  name: 'postgres' | 'redis';
  createQueue(): Promise<FreshQueue>;
}

/** A whole mode of the service: where its rows and where its jobs are. */
export interface FreshBackend {
  databaseUrl: string;
  /** Unset: the queue lives in the database. */
  redisUrl?: string;
  queueNamespace: string;
  drop(): Promise<void>;
}

export interface BackendKind {
  name: 'embedded' | 'outside with redis' | 'outside' | 'embedded with redis';
  create(): Promise<FreshBackend>;
}

/** A new database with all tables and no rows; on the embedded server unless asked otherwise. */
export function freshDatabase(kind: DatabaseKind['name'] = 'embedded'): Promise<FreshDatabase> {
  return copyTemplate(server(kind), inject('services').run);
}

/** A new database with nothing in it, for what makes its tables itself. */
export function bareDatabase(kind: DatabaseKind['name'] = 'embedded'): Promise<FreshDatabase> {
  return copyTemplate(server(kind), inject('services').run, true);
}

/** The PostgreSQL servers of this run. */
export function databases(): DatabaseKind[] {
  const names: DatabaseKind['name'][] =
    inject('services').outside === null ? ['embedded'] : ['embedded', 'outside'];
  return names.map((name) => ({ name, createDatabase: () => freshDatabase(name) }));
}

/** The stores of this run that can carry the queue. */
export function queues(): QueueKind[] {
  const { redis } = inject('services');
  const onPostgres: QueueKind = { name: 'postgres', createQueue: createPostgresQueue };
  return redis === null
    ? [onPostgres]
    : [onPostgres, { name: 'redis', createQueue: () => createRedisQueue(redis) }];
}

/** Whole modes: the embedded default, and the outside services that were found, together. */
export function backends(): BackendKind[] {
  const { outside, redis } = inject('services');
  const kinds: BackendKind[] = [{ name: 'embedded', create: () => createBackend('embedded', null) }];
  if (outside !== null && redis !== null) {
    kinds.push({ name: 'outside with redis', create: () => createBackend('outside', redis) });
  } else if (outside !== null) {
    kinds.push({ name: 'outside', create: () => createBackend('outside', null) });
  } else if (redis !== null) {
    kinds.push({ name: 'embedded with redis', create: () => createBackend('embedded', redis) });
  }
  return kinds;
}

async function createBackend(kind: DatabaseKind['name'], redis: string | null): Promise<FreshBackend> {
  const database = await freshDatabase(kind);
  if (redis === null)
    return { databaseUrl: database.url, queueNamespace: 'kaoping_queue', drop: database.drop };
  const queue = await createRedisQueue(redis);
  return {
    databaseUrl: database.url,
    redisUrl: redis,
    queueNamespace: queue.namespace,
    async drop() {
      await queue.drop();
      await database.drop();
    },
  };
}

async function createPostgresQueue(): Promise<FreshQueue> {
  const database = await bareDatabase();
  return { databaseUrl: database.url, namespace: 'kaoping_queue', drop: database.drop };
}

async function createRedisQueue(redisUrl: string): Promise<FreshQueue> {
  const namespace = `kaoping_test_${randomBytes(6).toString('hex')}`;
  return { redisUrl, namespace, drop: () => removeKeys(redisUrl, namespace) };
}

async function removeKeys(url: string, namespace: string): Promise<void> {
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${namespace}:*`, count: 1000 })) {
      if (keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    await client.quit();
  }
}

function server(kind: DatabaseKind['name']): DatabaseServer {
  const found = inject('services')[kind];
  if (found === null) throw new Error(`no ${kind} PostgreSQL in this run: ask databases() for what there is`);
  return found;
}
