import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionClosedError, type IQueueBackend, type Job, Worker } from 'bullmq';
import type { Role } from './backend.ts';
import type { GradePayload } from './jobs.ts';
import { refusedPauseMs } from './timing.ts';

/** BullMQ's worker with two habits changed where it claims a job. */
export class PatientWorker extends Worker<GradePayload, void, string, IQueueBackend, number, Role> {
  /**
   * While closing no further job is claimed: BullMQ claims one more when the close interrupts its wait. And a
   * server that refuses (a PostgreSQL that starts up) is asked again after a pause: BullMQ pauses only when the
   * connection itself is refused.
   */
  protected override async moveToActive(
    token: string,
    name?: string,
  ): Promise<Job<GradePayload, void, string, number>> {
    if (this.closing) throw new ConnectionClosedError('this worker is closing');
    try {
      return await super.moveToActive(token, name);
    } catch (error) {
      if (!this.closing) await sleep(refusedPauseMs);
      throw error;
    }
  }
}
