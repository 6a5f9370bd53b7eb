import { join } from 'node:path';
import { ungradable } from '../../graders/ungradable.ts';
import { graderVersion } from '../../graders/version.ts';
import { startWorker } from '../../queue/index.ts';
import { GraderPool } from '../grading/children/pool.ts';
import { takeWorkplace } from '../grading/children/workplace.ts';
import { createGrading } from '../grading/grade-attempt.ts';
import { startReconciler } from '../grading/reconciler.ts';
import type { Context } from './context.ts';

export interface Working {
  /** Lets running jobs end for at most `timeoutMs`, hands the others back, stops the children. */
  stop(timeoutMs: number): Promise<void>;
  readonly pool: GraderPool;
}

/** Starts the working half of a process: children, worker loop and reconciler. */
export async function startWorking(context: Context): Promise<Working> {
  const { config, database, blobs, log, queueConfig } = context;
  const { children, deadlineMs, memoryBytes } = config.grading;
  const workplace = await takeWorkplace(join(config.dataDir, 'temporary'));
  const pool = new GraderPool({
    size: children,
    limits: { deadlineMs, memoryBytes },
    temporary: workplace.folder,
    readable: [join(config.dataDir, 'blobs')],
    log,
  });
  const grading = createGrading({ database, blobs, pool, ungradable, graderVersion, log });
  const worker = await startWorker({
    ...queueConfig,
    // One more than children: while they grade, the next work is fetched and the last result recorded.
    concurrency: children + 1,
    work: ({ runId }, { signal }) => grading.grade(runId, signal),
    onGivenUp: (payload, error) => grading.giveUp(payload, error),
  });
  const reconciler = startReconciler({ database, queue: await context.openQueue(), graderVersion, log });
  log.info({ children, graderVersion }, 'working');
  return {
    pool,
    async stop(timeoutMs) {
      await reconciler.stop();
      const { handedBack } = await worker.drainAndClose(timeoutMs);
      await pool.close();
      await workplace.leave();
      log.info({ handedBack }, 'stopped working');
    },
  };
}
