import { join } from 'node:path';
import type { Logger } from 'pino';
import { openQueue, type QueueConfig, type WorkQueue } from '../../queue/index.ts';
import { type Config, readConfig } from '../config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { startEmbedded } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { openLog } from '../log.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { openFileBlobStore } from '../storage/file-blob-store.ts';
import { type ManifestStore, openManifestStore } from '../storage/manifest-store.ts';

/** What every command stands on, made once and passed on. Here alone the mode (embedded, one server, many) is chosen. */
export interface Context {
  readonly config: Config;
  readonly log: Logger;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  /** Settings for this process's queue and workers. */
  readonly queueConfig: QueueConfig;
  /** Opens the queue; closed with the context. */
  openQueue(): Promise<WorkQueue>;
  /** Ends everything in reverse order. */
  close(): Promise<void>;
}

export interface ContextOptions {
  readonly config?: Config;
  /** Name in log lines: serve, worker, or the command. */
  readonly name: string;
  /** Where LOG_LEVEL is unset; info unless given. */
  readonly usualLogLevel?: string;
}

/** Opens database (bringing its schema up to date), stores and, on demand, the queue. */
export async function openContext({
  config = readConfig(),
  name,
  usualLogLevel = 'info',
}: ContextOptions): Promise<Context> {
  const log = openLog(config.logLevel ?? usualLogLevel, name);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const embedded = config.databaseUrl
      ? null
      : await startEmbedded({ dataDir: join(config.dataDir, 'postgres'), log });
    if (embedded) closers.push(() => embedded.stop());
    const url = config.databaseUrl ?? embedded?.url ?? '';
    const database = openDatabase({ url, log });
    closers.push(() => database.close());
    await migrate(url, log);
    if (!(await database.flushes())) {
      log.warn(
        {},
        'this PostgreSQL does not flush what it commits (fsync or synchronous_commit is off): receipts could be lost with the power',
      );
    }
    const blobs = await openFileBlobStore(join(config.dataDir, 'blobs'));
    const manifests = await openManifestStore(join(config.dataDir, 'manifests'));
    const queueConfig: QueueConfig = {
      ...(config.redisUrl ? { redisUrl: config.redisUrl } : { databaseUrl: url }),
      namespace: config.queueNamespace,
      log,
    };
    return {
      config,
      log,
      database,
      blobs,
      manifests,
      queueConfig,
      async openQueue() {
        const queue = await openQueue(queueConfig);
        closers.push(() => queue.close());
        return queue;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Runs a command with a context of its own, also beside a running service, and always lets go of it. Commands are
 * quieter than services: their user reads the result.
 */
export async function withContext<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const context = await openContext({ name: 'cli', usualLogLevel: 'warn' });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
