import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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
import { closing } from './closing.ts';

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

/** The outside database, or the embedded one, which lives as long as somebody uses it. */
async function databaseUrl(
  { databaseUrl: outside, dataDir }: Config,
  log: Logger,
  opened: AsyncDisposableStack,
): Promise<string> {
  if (outside) return outside;
  const embedded = await startEmbedded({ dataDir: join(dataDir, 'postgres'), log });
  opened.defer(async () => {
    await goodbyesSaid();
    await embedded.stop();
  });
  return embedded.url;
}

/** Longer than a connection's goodbye takes on a busy machine. */
const goodbyeMs = 3000;

/**
 * Pools call themselves closed as soon as every connection was told to end. A server that is stopped before it has
 * heard so breaks them off, and each would be reported as lost.
 */
async function goodbyesSaid(): Promise<void> {
  const end = Date.now() + goodbyeMs;
  while (process.getActiveResourcesInfo().includes('TCPSocketWrap') && Date.now() < end) await wait(10);
}

/** Opens database (bringing its schema up to date), stores and, on demand, the queue. */
export const openContext = (options: ContextOptions): Promise<Context> =>
  // If opening fails half-way, what is open already is closed.
  closing((opening) => open(options, opening));

async function open(
  { config = readConfig(), name, usualLogLevel = 'info' }: ContextOptions,
  opening: AsyncDisposableStack,
): Promise<Context> {
  const log = openLog(config.logLevel ?? usualLogLevel, name);
  const url = await databaseUrl(config, log, opening);
  const database = openDatabase({ url, log });
  opening.defer(() => database.close());
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
  const opened = opening.move();
  return {
    config,
    log,
    database,
    blobs,
    manifests,
    queueConfig,
    async openQueue() {
      const queue = await openQueue(queueConfig);
      opened.defer(() => queue.close());
      return queue;
    },
    close: () => opened.disposeAsync(),
  };
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
