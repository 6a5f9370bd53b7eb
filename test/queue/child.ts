import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach } from 'vitest';
import type { QueueConfig, WorkerTiming } from '../../queue/index.ts';

/** Short, so that a lost worker is found soon. */
export const quickTiming: WorkerTiming = { lockMs: 1_500, renewMs: 500, stalledMs: 300 };

/** A worker for two jobs that never ends one, in a process of its own; `said` grows with what it prints. */
export function startChild({ log: _, ...config }: QueueConfig) {
  const script = new URL('./worker-child.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify({ ...config, timing: quickTiming })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')));
  return { child, said };
}

const children: ChildProcess[] = [];

/** No child outlives its test. */
export function killChildrenAfterEach(): void {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
}
