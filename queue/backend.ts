import { type BackendFactory, createPostgresBackend, createRedisBackend, type IQueueBackend } from 'bullmq';
import { defaultNamespace, type QueueConfig } from './config.ts';
import { settleEvents } from './settled-events.ts';

/** Who connects: one that adds jobs, one that works on them, one that listens to events. */
export type Role = 'producer' | 'worker' | 'listener';

/** The chosen store, ready to be handed to BullMQ's classes: their `connection` option is the role. */
export interface Backend {
  kind: 'redis' | 'postgres';
  /** The address without user and password, for logs and errors. */
  place: string;
  prefix: string;
  factory: BackendFactory<IQueueBackend, Role>;
}

/** How long a connection may take to come about before a server counts as not answering. */
export const connectMs = 10_000;

/** Redis when there is an address of one, else the database. @throws Error when neither is given or a name is unfit. */
export function chooseBackend(config: QueueConfig): Backend {
  const prefix = config.namespace ?? defaultNamespace;
  if (!/^[a-z_][a-z0-9_]{0,39}$/.test(prefix)) {
    throw new Error(
      `queue namespace ${JSON.stringify(prefix)}: use lower-case letters, digits and _, at most 40`,
    );
  }
  if (config.redisUrl) return onRedis(config.redisUrl, prefix);
  if (config.databaseUrl) return onPostgres(config.databaseUrl, prefix);
  throw new Error('the queue has no place: set REDIS_URL or DATABASE_URL');
}

function onRedis(url: string, prefix: string): Backend {
  // BullMQ's own strategy backs off to 20 s; a queue that is back should be used at once.
  const shared = {
    url,
    connectTimeout: connectMs,
    retryStrategy: (times: number) => Math.min(times * 200, 2_000),
  };
  // One that adds jobs stands in a candidate's request: it hears of an outage instead of waiting for its end.
  const failFast = { ...shared, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 5_000 };
  // One that works or listens has nothing else to do: its commands wait until the server is back.
  const patient = { ...shared, maxRetriesPerRequest: null };
  return {
    kind: 'redis',
    place: withoutSecrets(url),
    prefix,
    factory: (name, options, needs) =>
      createRedisBackend(
        name,
        { ...options, connection: options.connection === 'producer' ? failFast : patient },
        needs,
      ),
  };
}

/**
 * Connections per role, beside one for LISTEN. Every statement is short, so a few serve many jobs; the database
 * is shared with the service and its connections are counted.
 */
const poolSize: Record<Role, number> = { producer: 4, worker: 4, listener: 1 };

function onPostgres(url: string, prefix: string): Backend {
  return {
    kind: 'postgres',
    place: withoutSecrets(url),
    prefix,
    factory: (name, options, needs) => {
      const connection = {
        connectionString: url,
        schema: prefix,
        // Whoever comes first makes the tables: in one transaction, under an advisory lock.
        migrate: true,
        max: poolSize[options.connection],
        connectionTimeoutMillis: connectMs,
        query_timeout: 30_000,
        keepAlive: true,
      };
      const backend = createPostgresBackend(name, { ...options, connection }, needs);
      return options.connection === 'listener' ? settleEvents(backend) : backend;
    },
  };
}

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return '(an address that cannot be read)';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
