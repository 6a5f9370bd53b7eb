import { setTimeout as wait } from 'node:timers/promises';
import type { WorkQueue } from '../../queue/index.ts';
import type { Database } from '../database/database.ts';
import { announce } from './events.ts';
import { ensureRun, type RunKey, ungraded } from './queries.ts';

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ReconcilerParts {
  readonly database: Database;
  readonly queue: WorkQueue;
  readonly graderVersion: string;
  readonly log: Log;
}

/** Enough at a time to keep workers busy, few enough that one query stays small. */
const batch = 500;
/** Time between looks; a hand-in is queued at once, this only heals. */
const everyMs = 15_000;
/** A run that neither ended nor moved for so long lost its job: longer than a grading deadline and a queue's own retake. */
const quietMs = 180_000;

/** Makes the run of an attempt and puts it in the queue. Doing it twice is one run. */
export async function queueGrading(
  { database, queue, graderVersion }: Omit<ReconcilerParts, 'log'>,
  key: Omit<RunKey, 'graderVersion'>,
): Promise<void> {
  const run = await ensureRun(database.db, { ...key, graderVersion });
  if (run.state === 'graded' || run.state === 'attention') return;
  const { attemptId, rubricVersion } = key;
  await queue.enqueue({ name: 'grade', payload: { attemptId, rubricVersion, graderVersion, runId: run.id } });
  await announce(database.db, { attemptId, state: 'queued' });
}

/**
 * Heals whatever the database says is ungraded: hand-ins whose enqueue was lost, jobs that vanished with a queue.
 * @param quiet runs that moved within this many milliseconds are left alone; 0 at start, when nothing can be running
 * @returns how many were queued
 */
export async function reconcile(parts: ReconcilerParts, quiet: number = quietMs): Promise<number> {
  const keys = await ungraded(parts.database.db, parts.graderVersion, quiet, batch);
  for (const key of keys) await queueGrading(parts, key);
  if (keys.length > 0) parts.log.info({ count: keys.length }, 'queued hand-ins that were not graded yet');
  return keys.length;
}

/** Reconciles now and then until stopped; an outage is logged and tried again. */
export function startReconciler(parts: ReconcilerParts): { stop(): Promise<void> } {
  const end = new AbortController();
  const loop = async (): Promise<void> => {
    let quiet = 0;
    while (!end.signal.aborted) {
      try {
        // A full batch means there is more; with `quiet` 0 the same rows would come again, so only one look at start.
        await reconcile(parts, quiet);
        quiet = quietMs;
      } catch (error) {
        parts.log.error({ err: error }, 'could not look for ungraded hand-ins; trying again');
      }
      await wait(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      end.abort();
      await running;
    },
  };
}
