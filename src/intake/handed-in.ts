import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { attempt, attemptFile } from '../database/schema/intake.ts';

/** A complete hand-in as the other stages see it. */
export interface HandedIn {
  readonly attemptId: string;
  readonly candidateId: string;
  readonly examId: string;
  /** Counts the candidate's attempts from 1. */
  readonly number: number;
  /** In the order of arrival; paths as the candidate named them. */
  readonly files: readonly { path: string; bytes: number; sha256: string }[];
}

/** A complete attempt with its files; null when there is none of that id or it is not complete. */
export async function handedIn({ db }: Database, attemptId: string): Promise<HandedIn | null> {
  const [found] = await db
    .select({
      attemptId: attempt.id,
      candidateId: attempt.candidateId,
      examId: attempt.examId,
      number: attempt.number,
    })
    .from(attempt)
    .where(and(eq(attempt.id, attemptId), eq(attempt.state, 'complete')));
  if (!found) return null;
  const files = await db
    .select({ path: attemptFile.path, bytes: attemptFile.bytes, sha256: attemptFile.sha256 })
    .from(attemptFile)
    .where(eq(attemptFile.attemptId, attemptId))
    .orderBy(asc(attemptFile.position));
  return { ...found, files };
}
