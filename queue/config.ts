/** The part of a pino logger that the queue uses. */
export interface QueueLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where the queue lives. Handed in by whoever composes the process; this room reads no environment. */
export interface QueueConfig {
  /** `redis://…`; when set, the queue is on Redis. */
  redisUrl?: string | undefined;
  /** `postgres://…`; used when there is no `redisUrl`. The queue keeps to a schema of its own in that database. */
  databaseUrl?: string | undefined;
  /** PostgreSQL schema and Redis key prefix: lower-case letters, digits and `_`, at most 40. */
  namespace?: string | undefined;
  log: QueueLog;
  /** How work that threw is tried again; meant for tests, the defaults are for production. */
  retry?: Partial<RetryPolicy> | undefined;
}

export interface RetryPolicy {
  /** How often a job is tried in all. */
  attempts: number;
  /** Wait before the second try, in ms; doubles with every further one. */
  firstDelayMs: number;
}

/** 1 + 2 + 4 + 8 + 16 + 32 + 64 s: a database restart or a full disk being cleared is outlived. */
export const defaultRetry: RetryPolicy = { attempts: 8, firstDelayMs: 1_000 };

export const defaultNamespace = 'kaoping_queue';

/** BullMQ's name of the one queue; the namespace keeps installations apart. */
export const queueName = 'work';
