/** When a silent worker counts as dead, in milliseconds. */
export interface WorkerTiming {
  /** A job belongs to its worker this long after the last renewal. */
  lockMs: number;
  /** A renewal is due when this much has passed, and is looked at twice in that time. */
  renewMs: number;
  /** How often the workers look for jobs whose owner is gone. */
  stalledMs: number;
}

/**
 * A killed worker's job is taken up again after what is left of its lock (at most 10 s) and at most two looks
 * (BullMQ marks a job on one look and takes it on the next): 16 s at worst, some 11 s on average. A terminal's
 * owner waits that long for a provisional grade without asking. The lock is renewed every 2 to 4 s, so two
 * renewals may be lost to a busy machine before a living worker's job is given to another; that would cost one
 * grading too many, not a wrong result, since results are recorded once. Work itself runs in child processes, so
 * the loop that renews is free. BullMQ's own 30 s and 30 s would be up to a minute and a half.
 */
export const defaultTiming: WorkerTiming = { lockMs: 10_000, renewMs: 4_000, stalledMs: 3_000 };

/**
 * A job may be taken up this often, by failing or by losing its worker, until it is given up: one that kills
 * every process it touches must end. Eight tries of an outage, some restarts and a crash or two stay below it.
 */
export const defaultMaxStarts = 20;

/**
 * BullMQ's own limit on lost workers is set out of reach: it counts over a job's whole life, also after it was
 * enqueued again, and fails the job without asking. `defaultMaxStarts` is the limit, and says so to `onGivenUp`.
 */
export const maxStalledCount = 1_000_000;

/** Pause of a worker whose server refuses to give out jobs; else it would ask hundreds of times a second. */
export const refusedPauseMs = 1_000;
