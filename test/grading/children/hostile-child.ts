import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { attend } from '../../../src/grading/children/attend.ts';
import { breakdownOf } from './tasks.ts';

/** A grading child whose submissions have taken it over: what `submission` names is what it does. */

const hoard: Buffer[] = [];

/** Says in `paper` whether something was possible. */
async function tried(work: () => unknown): Promise<string> {
  try {
    return `done: ${JSON.stringify(await work())}`;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const { env } = process;
const deeds: Record<string, (wish: string) => unknown> = {
  good: () => process.pid,
  loop: () => {
    for (;;) hoard.length = 0;
  },
  sleep: () => wait(600_000),
  // Native memory: no limit of V8's heap sees it.
  hoard: async () => {
    for (;;) {
      hoard.push(Buffer.alloc(8 * 2 ** 20, 1));
      await wait(2);
    }
  },
  // Ends well, and keeps some megabytes.
  keep: (megabytes) => {
    hoard.push(Buffer.alloc(Number(megabytes) * 2 ** 20, 1));
    return process.pid;
  },
  'keep-a-while': async (megabytes) => {
    hoard.push(Buffer.alloc(Number(megabytes) * 2 ** 20, 1));
    // Long enough to be looked at.
    await wait(1_000);
    return process.pid;
  },
  abort: () => process.abort(),
  segfault: () => process.kill(process.pid, 'SIGSEGV'),
  exit: () => process.exit(3),
  throw: () => {
    throw new TypeError('cannot read the unreadable\nat line 1');
  },
  full: () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  },
  environment: () => env,
  litter: () => {
    writeFileSync(join(tmpdir(), 'litter'), 'left behind');
    return tmpdir();
  },
  begin: () => {
    writeFileSync(join(tmpdir(), 'begun'), '');
    return wait(600_000);
  },
  write: (path) => tried(() => writeFileSync(path, 'overwritten')),
  read: (path) => tried(async () => (await import('node:fs')).readFileSync(path, 'utf8')),
  run: () => tried(async () => (await import('node:child_process')).execFileSync('true').length),
  call: (port) =>
    tried(
      () =>
        new Promise((resolve, reject) => {
          connect(Number(port), '127.0.0.1', () => resolve('connected')).on('error', reject);
        }),
    ),
};

attend(async (task) => {
  const [deed = '', wish = ''] = task.submission.split(' ');
  if (deed === 'nonsense') return { points: 100 } as never;
  return breakdownOf(task, await deeds[deed]?.(wish));
});
