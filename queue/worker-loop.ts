import { hostname } from 'node:os';
import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { chooseBackend, connectMs } from './backend.ts';
import { closeOrCut } from './close.ts';
import { type QueueConfig, type QueueLog, queueName } from './config.ts';
import { DeadlineError, within } from './deadline.ts';
import { type GradePayload, parseJob } from './jobs.ts';
import { PatientWorker } from './patient-worker.ts';
import { describe, reportErrors } from './report.ts';
import { defaultMaxStarts, defaultTiming, maxStalledCount, type WorkerTiming } from './timing.ts';

/** Thrown by work to say: trying again will not help. The job is given up at once. */
export { UnrecoverableError } from 'bullmq';

export interface WorkContext {
  jobId: string;
  /** 1 for the first try; tries that ended with a lost worker are not counted. */
  attempt: number;
  /** No further try follows when this one throws. */
  last: boolean;
  /** Aborted when the job was handed back to the queue because this process must end. */
  signal: AbortSignal;
}

export interface WorkerConfig extends QueueConfig {
  /** Jobs at the same time. */
  concurrency: number;
  /**
   * The work. May run more than once for one job, even at the same time on two machines: what it records must be
   * idempotent. What it throws is an infrastructure failure and tried again later, save an UnrecoverableError.
   */
  work: (payload: GradePayload, context: WorkContext) => Promise<void>;
  /**
   * Called once all tries have failed, before the job is marked failed; like `work` it may come twice. What it
   * throws is logged: the job stays failed and whoever compares queue and database finds it.
   */
  onGivenUp?: (payload: GradePayload, error: Error) => Promise<void> | void;
  timing?: Partial<WorkerTiming>;
  /** How often a job may be taken up before it is given up; meant for tests. */
  maxStarts?: number;
}

export interface WorkerLoop {
  /** Jobs being worked on in this process. */
  running(): number;
  /**
   * Takes no new job, lets the running ones end for at most `timeoutMs`, then hands the rest back to the queue,
   * where another worker takes them at once; their `signal` is aborted. Resolves with what became of them.
   */
  drainAndClose(timeoutMs: number): Promise<{ handedBack: number }>;
}

/**
 * Connects and works until closed. An outage of the server, once running, is survived: the loop waits and goes on.
 * @throws Error naming the server when it does not answer within ten seconds.
 */
export async function startWorker(config: WorkerConfig): Promise<WorkerLoop> {
  const backend = chooseBackend(config);
  const report = reportErrors(config.log, { queue: backend.kind, side: 'worker' });
  const desk = new Desk(config, report);
  const timing = { ...defaultTiming, ...config.timing };
  const worker = new PatientWorker(
    queueName,
    (job, token) => desk.work(job, token),
    {
      connection: 'worker',
      prefix: backend.prefix,
      // Seen in the server's list of connections and beside each job. PostgreSQL cuts names at 63 bytes.
      name: `${hostname().slice(0, 40)}-${process.pid}`,
      autorun: false,
      concurrency: config.concurrency,
      lockDuration: timing.lockMs,
      lockRenewTime: timing.renewMs,
      stalledInterval: timing.stalledMs,
      maxStalledCount,
      runRetryDelay: 1_000,
    },
    backend.factory,
  );
  worker.on('error', report);
  try {
    await within(worker.waitUntilReady(), connectMs, 'no answer');
  } catch (error) {
    await closeOrCut(worker, report);
    throw new Error(`cannot work for the queue at ${backend.place}: ${describe(error)}`, { cause: error });
  }
  worker.run().catch(report);
  let closed: Promise<{ handedBack: number }> | undefined;
  return {
    running: () => desk.running,
    drainAndClose: (timeoutMs) => {
      closed ??= drain(worker, desk, timeoutMs, report);
      return closed;
    },
  };
}

async function drain(worker: PatientWorker, desk: Desk, timeoutMs: number, report: (error: unknown) => void) {
  const closing = worker.close();
  let handedBack = 0;
  try {
    await within(closing, timeoutMs, 'running jobs did not end');
  } catch (error) {
    if (!(error instanceof DeadlineError)) report(error);
    handedBack = await desk.handBack();
  }
  await closeOrCut(worker, report);
  return { handedBack };
}

interface Held {
  job: Job<GradePayload, void>;
  token: string;
  /** Aborts the work and lets BullMQ go on as if the job had never been taken. */
  release: () => void;
}

/** The jobs in hand. */
class Desk {
  readonly #config: WorkerConfig;
  readonly #report: (error: unknown) => void;
  readonly #held = new Map<string, Held>();

  constructor(config: WorkerConfig, report: (error: unknown) => void) {
    this.#config = config;
    this.#report = report;
  }

  get running(): number {
    return this.#held.size;
  }

  async work(job: Job<GradePayload, void>, token: string | undefined): Promise<void> {
    if (job.id === undefined || token === undefined) throw new Error('BullMQ gave a job without id or token');
    const released = Promise.withResolvers<never>();
    const stop = new AbortController();
    const release = () => {
      stop.abort(new Error('handed back to the queue: this process ends'));
      released.reject(new WaitingError());
    };
    this.#held.set(job.id, { job, token, release });
    try {
      await Promise.race([this.#try(job, job.id, stop.signal), released.promise]);
    } finally {
      this.#held.delete(job.id);
    }
  }

  /** Everything in hand goes back to the head of the queue. What cannot be given back in time is found by its lock. */
  async handBack(): Promise<number> {
    const given = await Promise.all([...this.#held.values()].map((held) => this.#give(held)));
    return given.filter(Boolean).length;
  }

  async #give({ job, token, release }: Held): Promise<boolean> {
    try {
      await within(job.moveToWait(token), 2_000, `job ${job.id} was not handed back`);
      return true;
    } catch (error) {
      this.#report(error);
      return false;
    } finally {
      release();
    }
  }

  async #try(job: Job<GradePayload, void>, id: string, signal: AbortSignal): Promise<void> {
    const { payload } = readJob(job, this.#config.log);
    const attempt = job.attemptsMade + 1;
    const last = attempt >= (job.opts.attempts ?? 1);
    try {
      const { maxStarts = defaultMaxStarts } = this.#config;
      if (job.attemptsStarted > maxStarts) {
        throw new UnrecoverableError(`taken up ${maxStarts} times and never ended: its workers were lost`);
      }
      await this.#config.work(payload, { jobId: id, attempt, last, signal });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const final = !signal.aborted && (last || error instanceof UnrecoverableError);
      this.#config.log.warn(
        { jobId: id, attempt, final, err: error },
        `queue: work failed: ${describe(error)}`,
      );
      if (final) await this.#giveUp(payload, error);
      throw error;
    }
  }

  async #giveUp(payload: GradePayload, error: Error): Promise<void> {
    try {
      await this.#config.onGivenUp?.(payload, error);
    } catch (failure) {
      this.#config.log.error(
        { payload, err: failure },
        `queue: could not report a job given up: ${describe(failure)}`,
      );
    }
  }
}

/** A job that another version of this program left behind may not fit; it is given up, and the log names it. */
function readJob(job: Job<GradePayload, void>, log: QueueLog) {
  try {
    return parseJob({ name: job.name, payload: job.data });
  } catch (error) {
    log.error({ jobId: job.id, err: error }, `queue: ${describe(error)}`);
    throw new UnrecoverableError(describe(error));
  }
}
