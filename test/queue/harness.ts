import { afterEach, vi } from 'vitest';
import {
  openQueue,
  type QueueConfig,
  startWorker,
  type WorkerConfig,
  type WorkJob,
} from '../../queue/index.ts';
import type { TestBackend } from './backends.ts';

/** Waits until an expectation holds; how long it took is no part of any test. */
export const eventually = <T>(expectation: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(expectation, { timeout: 45_000, interval: 50 });

export const grade = (attemptId: string, runId = 'r1'): WorkJob => ({
  name: 'grade',
  payload: { attemptId, rubricVersion: 'PAGE-1@1', graderVersion: '0.1.0', runId },
});

/** Log lines as they came, so that a test can ask what was said. */
export function keepLog() {
  const lines: { level: string; message: string }[] = [];
  const at = (level: string) => (_fields: object, message: string) => {
    lines.push({ level, message });
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

type WorkerWishes = Omit<Partial<WorkerConfig>, keyof QueueConfig> & Pick<WorkerConfig, 'work'>;

/** One fresh queue; whatever is opened through it is closed after the test. */
export function freshQueue(backend: Pick<TestBackend, 'place'>, wishes: Partial<QueueConfig> = {}) {
  const log = keepLog();
  const retry = { attempts: 3, firstDelayMs: 10 };
  const config: QueueConfig = { ...backend.place(), log, retry, ...wishes };
  return {
    config,
    log,
    open: async () => {
      const queue = await openQueue(config);
      opened.push(() => queue.close());
      return queue;
    },
    work: async (worker: WorkerWishes) => {
      const loop = await startWorker({ ...config, concurrency: 1, ...worker });
      opened.push(() => loop.drainAndClose(0));
      return loop;
    },
  };
}

const opened: (() => Promise<unknown>)[] = [];

/** Workers before queues, the latest first. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
  });
}
