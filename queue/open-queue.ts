import { type IQueueBackend, Queue } from 'bullmq';
import { type Backend, chooseBackend, connectMs, type Role } from './backend.ts';
import { closeOrCut } from './close.ts';
import { defaultRetry, type QueueConfig, queueName } from './config.ts';
import { within } from './deadline.ts';
import {
  type Enqueued,
  type EnqueueOptions,
  ensureAllQueued,
  ensureQueued,
  type JobQueue,
} from './enqueue.ts';
import { EventFeed, keptEvents, type QueueListener } from './events.ts';
import { type GradePayload, parseJob, type WorkJob } from './jobs.ts';
import { describe, reportErrors } from './report.ts';

/** Jobs by state, right now. `waiting` has those with a priority too; `completed` and `failed` are the kept ones. */
export interface QueueCounts {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  completed: number;
}

/** The side of the queue that hands work in and looks at it. */
export interface WorkQueue {
  backend: Backend['kind'];
  /**
   * Makes sure the job will run: twice the same id is one run, but a job that had failed or completed runs again.
   * Fails within seconds when the server is away; the caller's own record of what is to do must outlive that.
   * @throws InvalidJobError when the payload does not fit.
   */
  enqueue(job: WorkJob, options?: EnqueueOptions): Promise<Enqueued>;
  /** The same for many. A batch with one unfit job is refused as a whole. */
  enqueueMany(jobs: WorkJob[], options?: EnqueueOptions): Promise<Record<Enqueued, number>>;
  counts(): Promise<QueueCounts>;
  /** Resolves when listening; the result ends the subscription. What a listener throws is logged. */
  onEvent(listener: QueueListener): Promise<() => void>;
  /** Asks the server something small. @throws Error naming the server when it does not answer in time (ms). */
  ping(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Finished jobs that are kept: enough to look at. Their results are in the database, and on PostgreSQL every
 * completion reads through the kept ones. Given-up ones are rarer and asked about more often.
 */
const kept = { completed: 100, failed: 1_000 };

/**
 * Connects, and on PostgreSQL brings the queue's own schema up to date.
 * @throws Error naming the server when it does not answer within ten seconds.
 */
export async function openQueue(config: QueueConfig): Promise<WorkQueue> {
  const backend = chooseBackend(config);
  const report = reportErrors(config.log, { queue: backend.kind, side: 'producer' });
  const queue = createQueue(backend, config);
  queue.on('error', report);
  try {
    await within(queue.waitUntilReady(), connectMs, 'no answer');
  } catch (error) {
    await closeOrCut(queue, report);
    throw new Error(`cannot open the queue at ${backend.place}: ${describe(error)}`, { cause: error });
  }
  const feed = new EventFeed(backend, queue, report);
  return {
    backend: backend.kind,
    enqueue: async (job, options = {}) => ensureQueued(queue, parseJob(job), options),
    enqueueMany: async (jobs, options = {}) => ensureAllQueued(queue, jobs.map(parseJob), options),
    counts: () => countJobs(queue),
    onEvent: (listener) => feed.subscribe(listener),
    ping: (timeoutMs = 2_000) => ping(queue, backend, timeoutMs),
    close: async () => {
      await Promise.all([feed.close(), closeOrCut(queue, report)]);
    },
  };
}

function createQueue(backend: Backend, { retry }: QueueConfig): JobQueue {
  const { attempts, firstDelayMs } = { ...defaultRetry, ...retry };
  return new Queue<GradePayload, void, string, GradePayload, void, string, IQueueBackend, Role>(
    queueName,
    {
      connection: 'producer',
      prefix: backend.prefix,
      streams: { events: { maxLen: keptEvents } },
      defaultJobOptions: {
        attempts,
        // Half of the wait is chance: jobs that failed together do not come back together.
        backoff: { type: 'exponential', delay: firstDelayMs, jitter: 0.5 },
        removeOnComplete: { count: kept.completed },
        removeOnFail: { count: kept.failed },
        stackTraceLimit: 10,
      },
    },
    backend.factory,
  );
}

async function countJobs(queue: JobQueue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts(
    'waiting',
    'prioritized',
    'active',
    'delayed',
    'failed',
    'completed',
  );
  const of = (state: string) => {
    const count = counts[state];
    if (count === undefined) throw new Error(`the queue did not count its ${state} jobs`);
    return count;
  };
  return {
    waiting: of('waiting') + of('prioritized'),
    active: of('active'),
    delayed: of('delayed'),
    failed: of('failed'),
    completed: of('completed'),
  };
}

async function ping(queue: JobQueue, backend: Backend, timeoutMs: number): Promise<void> {
  try {
    await within(queue.isPaused(), timeoutMs, 'no answer');
  } catch (error) {
    throw new Error(`the queue at ${backend.place} does not answer: ${describe(error)}`, { cause: error });
  }
}
