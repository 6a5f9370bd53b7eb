import { setTimeout as wait } from 'node:timers/promises';
import type { WorkQueue } from '../../queue/index.ts';
import type { Database } from '../database/database.ts';
import { attemptsWithoutRun, databaseNow, ensureRuns, quietRuns, type RunKey } from './queries.ts';

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ReconcilerParts {
  readonly database: Database;
  readonly queue: Pick<WorkQueue, 'enqueueMany'>;
  readonly graderVersion: string;
  readonly log: Log;
}

/** Rows at a time: one statement stays small, and so does one trip to the queue. */
const batch = 500;
/** Time between looks; a hand-in is queued at once, this only heals. */
const defaultEveryMs = 15_000;
/** A run that neither ended nor moved for so long may have lost its job; asking the queue does no harm. */
const defaultQuietMs = 180_000;

/** Sees to it that these runs exist and are in the queue. Doing it twice is one run. */
export async function queueRuns(
  { database, queue }: Pick<ReconcilerParts, 'database' | 'queue'>,
  keys: readonly RunKey[],
): Promise<void> {
  const runs = await ensureRuns(database.db, keys);
  const open = runs.filter(({ state }) => state === 'queued' || state === 'grading');
  await queue.enqueueMany(
    open.map(({ id: runId, attemptId, rubricVersion, graderVersion }) => ({
      name: 'grade',
      payload: { attemptId, rubricVersion, graderVersion, runId },
    })),
  );
}

/**
 * Heals whatever the database says is ungraded: hand-ins whose enqueue was lost, jobs that vanished with a queue.
 * What other graders judged is left as it is: judging it anew is for people to decide.
 * @param quietMs runs that moved within this many milliseconds are left alone
 * @returns how many were queued, or found in the queue
 */
export async function reconcile(parts: ReconcilerParts, quietMs: number = defaultQuietMs): Promise<number> {
  const { db } = parts.database;
  const since = new Date((await databaseNow(db)).getTime() - quietMs);
  const { graderVersion } = parts;
  const lost = async (): Promise<RunKey[]> =>
    (await attemptsWithoutRun(db, batch)).map((key) => ({ ...key, graderVersion }));
  // Whatever is queued is out of the next look, so both come to an end.
  const healed = [
    await untilNone(lost, (keys) => queueRuns(parts, keys)),
    await untilNone(
      () => quietRuns(db, since, batch),
      (keys) => queueRuns(parts, keys),
    ),
  ];
  const [fresh = 0, stale = 0] = healed;
  if (fresh + stale > 0) parts.log.info({ fresh, stale }, 'queued hand-ins that were not graded yet');
  return fresh + stale;
}

async function untilNone(
  look: () => Promise<RunKey[]>,
  queue: (keys: RunKey[]) => Promise<void>,
): Promise<number> {
  for (let count = 0; ; ) {
    const keys = await look();
    if (keys.length > 0) await queue(keys);
    count += keys.length;
    if (keys.length < batch) return count;
  }
}

/** Reconciles now and then until stopped; an outage is logged and tried again. */
export function startReconciler(
  parts: ReconcilerParts,
  { everyMs = defaultEveryMs, quietMs = defaultQuietMs } = {},
): { stop(): Promise<void> } {
  const end = new AbortController();
  const loop = async (): Promise<void> => {
    // At start every open run is looked after: its job may have gone with a queue that was lost meanwhile.
    let quiet = 0;
    while (!end.signal.aborted) {
      try {
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
