import type { Breakdown } from '../../../rubrics/breakdown.ts';
import type { Paper } from '../../../rubrics/paper-schema.ts';

/** A file by the name it has for people and the place of its bytes on this machine. */
export interface PlacedFile {
  readonly path: string;
  readonly location: string;
}

/** All that a grading child needs: it sees no database, no secrets and no other submission. */
export interface GradeTask {
  readonly submission: string;
  readonly attempt: number;
  readonly rubricVersion: string;
  readonly paper: Paper;
  readonly files: readonly PlacedFile[];
  readonly materials: readonly PlacedFile[];
}

/** Why a child was stopped, or died by itself. */
export type StopCode = 'grader-deadline' | 'grader-memory' | 'grader-crash';

/** What became of a task. `stopped` is no failure of the service: the submission needs a human. */
export type TaskEnd =
  | { kind: 'graded'; breakdown: Breakdown }
  | { kind: 'stopped'; code: StopCode; text: string };

export type ToChild = { kind: 'grade'; id: number; task: GradeTask };
export type FromChild =
  | { kind: 'ready' }
  | { kind: 'graded'; id: number; breakdown: unknown }
  | { kind: 'failed'; id: number; error: string; code: string | null };
