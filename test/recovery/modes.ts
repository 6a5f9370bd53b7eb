import { join } from 'node:path';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { startEmbedded } from '../../src/database/embedded.ts';
import { bareDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

/** A mode of the service for one test: its settings, and a way to its rows when it is over. */
export interface Mode {
  readonly settings: Record<string, string>;
  /** Address of the database; `leave` lets go of it again. */
  database(): Promise<{ url: string; leave(): Promise<void> }>;
  drop(): Promise<void>;
}

export interface ModeKind {
  readonly kind: 'embedded' | 'outside';
  readonly name: string;
  create(dataDir: string): Promise<Mode>;
}

/** The embedded default, and the outside services that were found, together. */
export function modes(): ModeKind[] {
  const { outside, redis } = inject('services');
  const kinds: ModeKind[] = [{ kind: 'embedded', name: 'embedded', create: embedded }];
  if (outside !== null) {
    const name = redis === null ? 'outside PostgreSQL' : 'outside PostgreSQL with Redis';
    kinds.push({ kind: 'outside', name, create: (dataDir) => outsideMode(dataDir, redis) });
  }
  return kinds;
}

async function embedded(dataDir: string): Promise<Mode> {
  return {
    settings: { DATA_DIR: dataDir },
    async database() {
      const { url, stop } = await startEmbedded({ dataDir: join(dataDir, 'postgres'), log: memoryLog() });
      return { url, leave: stop };
    },
    drop: () => Promise.resolve(),
  };
}

async function outsideMode(dataDir: string, redis: string | null): Promise<Mode> {
  const fresh = await bareDatabase('outside');
  const queue = redis === null ? null : await takeRedis(redis);
  return {
    settings: { DATA_DIR: dataDir, DATABASE_URL: fresh.url, ...(queue && { REDIS_URL: queue.url }) },
    database: async () => ({ url: fresh.url, leave: () => Promise.resolve() }),
    async drop() {
      await queue?.drop();
      await fresh.drop();
    },
  };
}

/** An empty one of the server's numbered databases, so that nobody else's jobs are in the queue. */
export async function takeRedis(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const taken = 'kaoping_test_taken';
  for (let number = 1; number < 16; number += 1) {
    const url = new URL(server);
    url.pathname = `/${number}`;
    const client = new Redis(url.href);
    const free = (await client.dbsize()) === 0 && (await client.set(taken, '1', 'EX', 3600, 'NX')) === 'OK';
    if (free) {
      return {
        url: url.href,
        async drop() {
          await client.flushdb();
          await client.quit();
        },
      };
    }
    await client.quit();
  }
  throw new Error(`all numbered databases of the Redis at ${server} are in use`);
}
