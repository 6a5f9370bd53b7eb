import { graderVersion } from '../../graders/version.ts';
import { openContext } from '../../src/bin/context.ts';
import { startWorking } from '../../src/bin/working.ts';
import { listen } from '../../src/database/notify.ts';
import { progressChannel, progressSchema } from '../../src/grading/events.ts';
import { queueRuns } from '../../src/grading/reconciler.ts';
import { answerWith } from '../helper.ts';

/** What was handed in and is to be graded now. */
export interface Round {
  readonly attempts: readonly { attemptId: string; rubricVersion: string }[];
}

/** The working half of a process, as `kaoping worker` starts it: queue, worker loop, grading children, recording. */
const context = await openContext({ name: 'bench-worker' });
const { database, log } = context;
const working = await startWorking(context);
const queue = await context.openQueue();

const waiting = new Map<string, () => void>();
const listener = await listen({
  url: database.url,
  channel: progressChannel,
  log,
  onMessage: (payload) => {
    const { attemptId, state } = progressSchema.parse(payload);
    if (state === 'graded' || state === 'attention') waiting.get(attemptId)?.();
  },
  onReconnect: () => log.error({}, 'the database went away in the middle of a benchmark'),
});

/** Seconds from queueing the first to the word that the last is recorded. */
async function gradeAll({ attempts }: Round): Promise<number> {
  const recorded = attempts.map(
    ({ attemptId }) => new Promise<void>((resolve) => waiting.set(attemptId, resolve)),
  );
  const start = performance.now();
  await queueRuns(
    { database, queue },
    attempts.map((attempt) => ({ ...attempt, graderVersion })),
  );
  await Promise.all(recorded);
  waiting.clear();
  return (performance.now() - start) / 1000;
}

answerWith(gradeAll, async () => {
  await listener.close();
  await working.stop(10_000);
  await context.close();
});
