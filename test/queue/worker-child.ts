/**
 * A worker in a process of its own, to be killed. Takes its configuration as JSON in the first argument, writes
 * `took <attempt>` for each job and never ends one; on SIGTERM it drains for no time at all and leaves. Like
 * `serve` it has the other side of the queue open too.
 */
import { openQueue, startWorker, type WorkerConfig } from '../../queue/index.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const settings: Pick<WorkerConfig, 'redisUrl' | 'databaseUrl' | 'namespace' | 'timing'> = JSON.parse(
  process.argv[2] ?? '{}',
);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const queue = await openQueue({ ...settings, log });
await queue.onEvent(() => undefined);
const loop = await startWorker({
  ...settings,
  log,
  concurrency: 2,
  work: ({ attemptId }) => {
    say(`took ${attemptId}`);
    return new Promise(() => undefined);
  },
});
say('ready');
process.once('SIGTERM', async () => {
  const { handedBack } = await loop.drainAndClose(0);
  await queue.close();
  say(`handed back ${handedBack}`);
});
