import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

const fileIn = (folder: string) => join(folder, 'left-out.txt');

/**
 * Notes that a suite does not run here and why; the end of the run prints it. Use it beside `skipIf`: a suite that
 * is skipped in silence is a suite that nobody has.
 */
export function leaveOut(suite: string, why: string): void {
  noteIn(inject('services').folder, suite, why);
}

/** The same for the global setup, which has no injected values. */
export function noteIn(folder: string, suite: string, why: string): void {
  appendFileSync(fileIn(folder), `left out: ${suite}: ${why}\n`);
}

/** Everything noted in the run, each line once. */
export function notesIn(folder: string): string[] {
  if (!existsSync(fileIn(folder))) return [];
  return [...new Set(readFileSync(fileIn(folder), 'utf8').trim().split('\n'))];
}
