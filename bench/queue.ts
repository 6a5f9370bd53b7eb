import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { openQueue, type QueueConfig, startWorker, type WorkJob } from '../queue/index.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { openLog } from '../src/log.ts';
import type { Benchmark, BenchmarkOptions } from './benchmark.ts';
import { type Figure, single } from './figure.ts';
import { inTemporaryFolder } from './temporary.ts';

const jobs = 500;
/** Hand-ins that are queued at the same time, and jobs that are worked on at the same time. */
const abreast = 16;

const log = openLog('warn', 'bench');

const newJob = (): WorkJob => {
  const id = randomBytes(8).toString('hex');
  return {
    name: 'grade',
    payload: { attemptId: `att_${id}`, runId: `run_${id}`, rubricVersion: 'bench', graderVersion: 'bench' },
  };
};

/** Runs `work` for each one, as many at a time as are abreast. */
async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  const next = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: abreast }, next));
}

/** Jobs per second, added one by one and then worked off, with nothing to do in any. */
async function round(config: QueueConfig): Promise<{ added: number; worked: number }> {
  const queue = await openQueue(config);
  try {
    const all = Array.from({ length: jobs }, newJob);
    const start = performance.now();
    await inParallel(all, (job) => queue.enqueue(job));
    const added = jobs / ((performance.now() - start) / 1000);
    return { added, worked: await workOff(config) };
  } finally {
    await queue.close();
  }
}

async function workOff(config: QueueConfig): Promise<number> {
  const taken: number[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const worker = await startWorker({
    ...config,
    concurrency: abreast,
    work: async () => {
      if (taken.push(performance.now()) === jobs) resolve();
    },
  });
  await all;
  const [first = 0] = taken;
  const last = taken.at(-1) ?? first;
  await worker.drainAndClose(5_000);
  return (jobs - 1) / ((last - first) / 1000);
}

async function measure(name: string, config: QueueConfig, options: BenchmarkOptions): Promise<Figure[]> {
  const rates: { added: number; worked: number }[] = [];
  for (let at = 0; at <= options.rounds; at += 1) {
    options.say(`queue on ${name}, round ${at} of ${options.rounds}`);
    const rate = await round(config);
    if (at > 0) rates.push(rate);
  }
  const adding = `jobs added one by one, ${abreast} at a time, each made sure to be there once.`;
  const working = `jobs with nothing to do, ${abreast} at a time, from the first taken to the last.`;
  return [
    single(
      { name: `queue on ${name}: adds`, about: adding, unit: '/s' },
      rates.map(({ added }) => added),
    ),
    single(
      { name: `queue on ${name}: jobs`, about: working, unit: '/s' },
      rates.map(({ worked }) => worked),
    ),
  ];
}

async function onPostgres(options: BenchmarkOptions): Promise<Figure[]> {
  return inTemporaryFolder(async (folder) => {
    const database = await startEmbedded({ dataDir: join(folder, 'postgres'), log });
    try {
      return await measure('PostgreSQL', { databaseUrl: database.url, log }, options);
    } finally {
      await database.stop();
    }
  });
}

/** On a Redis of REDIS_URL or of the usual local port; nothing where none answers. Its keys are removed. */
async function onRedis(options: BenchmarkOptions): Promise<Figure[]> {
  const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch (error) {
    options.say('');
    process.stderr.write(`queue: left out Redis, none answers at ${redisUrl} (${String(error)})\n`);
    return [];
  }
  const namespace = `kaoping_bench_${process.pid}`;
  try {
    return await measure('Redis', { redisUrl, namespace, log }, options);
  } finally {
    const keys = await redis.keys(`${namespace}:*`);
    if (keys.length > 0) await redis.unlink(keys);
    await redis.quit();
  }
}

/** What the queue itself can carry; for information. */
export const queue: Benchmark = async (options) => [
  ...(await onPostgres(options)),
  ...(await onRedis(options)),
];
