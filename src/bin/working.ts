import { join } from 'node:path';
import { ungradable } from '../../graders/ungradable.ts';
import { graderVersion } from '../../graders/version.ts';
import { startWorker } from '../../queue/index.ts';
import { GraderPool } from '../grading/children/pool.ts';
import { giveUp, gradeAttempt } from '../grading/grade-attempt.ts';
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
  const pool = new GraderPool({
    size: children,
    limits: { deadlineMs, memoryBytes },
    temporary: join(config.dataDir, 'temporary', `worker-${process.pid}`),
  });
  const parts = { database, blobs, pool, ungradable, graderVersion };
  const worker = await startWorker({
    ...queueConfig,
    concurrency: children,
    work: ({ runId }, { signal }) => gradeAttempt(parts, runId, signal),
    onGivenUp: (payload, error) => giveUp(parts, payload, error),
  });
  const reconciler = startReconciler({ database, queue: await context.openQueue(), graderVersion, log });
  log.info({ children, graderVersion }, 'working');
  return {
    pool,
    async stop(timeoutMs) {
      await reconciler.stop();
      const { handedBack } = await worker.drainAndClose(timeoutMs);
      await pool.close();
      log.info({ handedBack }, 'stopped working');
    },
  };
}
