import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Breakdown } from '../../../rubrics/breakdown.ts';
import type { FromChild, GradeTask, ToChild } from './task.ts';

const tell = (message: FromChild): void => {
  process.send?.(message);
};

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/**
 * The child's half of the talk with its parent: takes one task after the other, answers each, and ends when the
 * parent does. Limits are the parent's business: it stops a child from outside.
 */
export function attend(grade: (task: GradeTask) => Promise<Breakdown>): void {
  process.on('message', async ({ id, task }: ToChild) => {
    try {
      tell({ kind: 'graded', id, breakdown: await grade(task) });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      tell({ kind: 'failed', id, error: text, code: codeOf(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches the whole group: the parent decides when a child ends.
  process.on('SIGINT', () => undefined);
  // An endless loop never hears that the parent is gone; a thread of its own does.
  new Worker(join(import.meta.dirname, 'orphan-watch.ts'), { argv: process.argv.slice(2) }).unref();
  tell({ kind: 'ready' });
}
