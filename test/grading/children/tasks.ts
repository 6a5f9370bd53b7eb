import type { Breakdown } from '../../../rubrics/breakdown.ts';
import type { GradeTask, TaskEnd } from '../../../src/grading/children/task.ts';

/** A task for the hostile child: the submission's name is what it does. */
export const taskOf = (submission: string): GradeTask => ({
  submission,
  attempt: 1,
  rubricVersion: 'v1',
  // The hostile child reads no paper.
  paper: {} as GradeTask['paper'],
  files: [],
  materials: [],
});

/** A breakdown without criteria; what the child found out stands in `paper`. */
export const breakdownOf = (
  { submission, attempt, rubricVersion }: GradeTask,
  found: unknown,
): Breakdown => ({
  submission,
  attempt,
  rubricVersion,
  paper: JSON.stringify(found ?? null),
  graderVersion: 'hostile',
  factsDigest: 'none',
  total: {
    possible: 0,
    settled: 0,
    suggested: 0,
    pending: { examiner: 0, process: 0, unknown: 0 },
    awarded: 0,
  },
  criteria: [],
});

/** What the child found out. @throws when it did not answer with a breakdown */
export function foundIn(end: TaskEnd): unknown {
  if (end.kind !== 'graded') throw new Error(`not graded: ${end.code} ${end.text}`);
  return JSON.parse(end.breakdown.paper);
}
