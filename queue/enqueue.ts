import type { IQueueBackend, Job, JobsOptions, Queue } from 'bullmq';
import type { Role } from './backend.ts';
import { type GradePayload, jobId, type WorkJob } from './jobs.ts';

export type JobQueue = Queue<GradePayload, void, string, GradePayload, void, string, IQueueBackend, Role>;

/** `added`: new. `present`: already waiting or running, nothing was done. `again`: had ended, and will run once more. */
export type Enqueued = 'added' | 'present' | 'again';

export interface EnqueueOptions {
  /**
   * 0, the default, goes first; then 1, 2, … up to 2,097,151. A mass of re-grading with a higher number never
   * stands in the way of a hand-in.
   */
  priority?: number;
}

/** How often a job may change its state under our hands before something is wrong. */
const rounds = 5;

/**
 * Sees to it that the job will run. BullMQ silently ignores an id it knows, even of a job that failed long ago,
 * so what has ended is sent back to work by hand. The step back is taken only from the state that was seen:
 * of several callers at the same time one succeeds and the others find the job waiting.
 */
export async function ensureQueued(
  queue: JobQueue,
  job: WorkJob,
  options: EnqueueOptions,
): Promise<Enqueued> {
  const id = jobId(job);
  for (let round = 0; round < rounds; round += 1) {
    const state = await queue.getJobState(id);
    if (state === 'unknown') {
      await queue.add(job.name, job.payload, jobOptions(job, options));
      return 'added';
    }
    if (state !== 'failed' && state !== 'completed') return 'present';
    if (await sendBack(queue, job, state)) return 'again';
  }
  throw new Error(`job ${id} changed its state ${rounds} times while it was enqueued; try again`);
}

/** Adds a batch with as few trips to the server as possible; each job is treated as by `ensureQueued`. */
export async function ensureAllQueued(
  queue: JobQueue,
  jobs: WorkJob[],
  options: EnqueueOptions,
): Promise<Record<Enqueued, number>> {
  const counts = { added: 0, present: 0, again: 0 };
  const unique = [...new Map(jobs.map((job) => [jobId(job), job])).values()];
  for (let from = 0; from < unique.length; from += batchSize) {
    const batch = unique.slice(from, from + batchSize);
    const states = await Promise.all(batch.map((job) => queue.getJobState(jobId(job))));
    const fresh = batch.filter((_, index) => states[index] === 'unknown');
    await queue.addBulk(
      fresh.map((job) => ({ name: job.name, data: job.payload, opts: jobOptions(job, options) })),
    );
    counts.added += fresh.length;
    for (const job of batch.filter((_, index) => states[index] !== 'unknown')) {
      counts[await ensureQueued(queue, job, options)] += 1;
    }
  }
  return counts;
}

/** Jobs per statement: the server is not blocked for long, and the batch is not chatty. */
const batchSize = 500;

function jobOptions(job: WorkJob, { priority = 0 }: EnqueueOptions): JobsOptions {
  return { jobId: jobId(job), priority };
}

/** One ended job back to the waiting ones, as if it were new. False when it was no longer in that state. */
async function sendBack(queue: JobQueue, job: WorkJob, state: 'failed' | 'completed'): Promise<boolean> {
  const ended: Job<GradePayload, void> | undefined = await queue.getJob(jobId(job));
  if (!ended) return false;
  try {
    await ended.updateData(job.payload);
    await ended.retry(state, { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  } catch (error) {
    if (isGoneOrMoved(error)) return false;
    throw error;
  }
}

/** BullMQ's ErrorCode: -1 the job does not exist, -3 it is not in the expected state. */
function isGoneOrMoved(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === -1 || error.code === -3);
}
