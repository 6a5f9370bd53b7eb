/** How work travels. Carries ids; what is done with them is handed in by `src/bin`. */
export type { QueueConfig, QueueLog, RetryPolicy } from './config.ts';
export type { Enqueued, EnqueueOptions } from './enqueue.ts';
export type { QueueEvent, QueueListener } from './events.ts';
export {
  type GradePayload,
  InvalidJobError,
  jobId,
  readJobId,
  type WorkJob,
} from './jobs.ts';
export { openQueue, type QueueCounts, type WorkQueue } from './open-queue.ts';
export type { WorkerTiming } from './timing.ts';
export {
  startWorker,
  UnrecoverableError,
  type WorkContext,
  type WorkerConfig,
  type WorkerLoop,
} from './worker-loop.ts';
