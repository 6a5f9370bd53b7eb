import { Redis } from 'ioredis';
import type { QueueConfig } from '../../queue/index.ts';
import { startEmbedded } from './embedded.ts';
import { onDatabase } from './on-database.ts';

/** A server the suites run on. */
export interface TestBackend {
  name: string;
  kind: 'redis' | 'postgres';
  /** A place nobody else uses, in this server. */
  place(): Pick<QueueConfig, 'redisUrl' | 'databaseUrl' | 'namespace'>;
  /** Removes every place given out, and what was started for it. */
  remove(): Promise<void>;
}

/** Redis if one answers, and always a PostgreSQL: one that answers, else the embedded one. */
export async function findBackends(): Promise<TestBackend[]> {
  const redis = await findRedis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
  const postgres = await findPostgres();
  return redis ? [redis, postgres] : [postgres];
}

let given = 0;
const freshName = () => `kp_queue_${process.pid}_${Date.now().toString(36)}_${given++}`;

async function findRedis(redisUrl: string): Promise<TestBackend | null> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch (error) {
    console.log(`left out: the queue on Redis, because none answers at ${redisUrl} (${String(error)})`);
    return null;
  }
  const names: string[] = [];
  return {
    name: 'redis',
    kind: 'redis',
    place: () => {
      const namespace = freshName();
      names.push(namespace);
      return { redisUrl, namespace };
    },
    remove: async () => {
      for (const name of names) {
        const keys = await redis.keys(`${name}:*`);
        if (keys.length > 0) await redis.unlink(keys);
      }
      await redis.quit();
    },
  };
}

async function findPostgres(): Promise<TestBackend> {
  const outside = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  const embedded = (await answers(outside)) ? null : await startEmbedded();
  const server = embedded?.url ?? outside;
  const database = freshName();
  await onDatabase(server, `CREATE DATABASE ${database}`);
  const databaseUrl = new URL(server);
  databaseUrl.pathname = `/${database}`;
  return {
    name: embedded ? 'postgres (embedded)' : 'postgres',
    kind: 'postgres',
    place: () => ({ databaseUrl: databaseUrl.href, namespace: freshName() }),
    remove: async () => {
      await onDatabase(server, `DROP DATABASE ${database} WITH (FORCE)`);
      await embedded?.stop();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await onDatabase(url, 'SELECT 1');
    return true;
  } catch (error) {
    console.log(
      `the queue's PostgreSQL suites use the embedded server: none answers at ${url} (${String(error)})`,
    );
    return false;
  }
}
