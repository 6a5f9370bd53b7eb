import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Breakdown } from '../../rubrics/breakdown.ts';
import type { Database, Queries } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { candidate, examPaper } from '../database/schema/exams.ts';
import { gradingResult, gradingRun } from '../database/schema/grading.ts';
import { attempt } from '../database/schema/intake.ts';

/** What names a piece of grading: at most one result may exist for it. */
export interface RunKey {
  readonly attemptId: string;
  readonly rubricVersion: string;
  readonly graderVersion: string;
}

export interface Run extends RunKey {
  readonly id: string;
  readonly state: 'queued' | 'grading' | 'graded' | 'attention';
}

const sameKey = ({ attemptId, rubricVersion, graderVersion }: RunKey) =>
  and(
    eq(gradingRun.attemptId, attemptId),
    eq(gradingRun.rubricVersion, rubricVersion),
    eq(gradingRun.graderVersion, graderVersion),
  );

const runColumns = {
  id: gradingRun.id,
  attemptId: gradingRun.attemptId,
  rubricVersion: gradingRun.rubricVersion,
  graderVersion: gradingRun.graderVersion,
  state: gradingRun.state,
};

/** The run of this key, made when there is none yet. */
export async function ensureRun(db: Queries, key: RunKey): Promise<Run> {
  await db
    .insert(gradingRun)
    .values({ id: newId('run'), ...key })
    .onConflictDoNothing();
  const [run] = await db.select(runColumns).from(gradingRun).where(sameKey(key));
  if (!run) throw new Error(`run of attempt ${key.attemptId} vanished`);
  return run;
}

/** Marks a run as being worked on. @returns null when there is no such run */
export async function beginRun(db: Queries, runId: string): Promise<Run | null> {
  const [run] = await db
    .update(gradingRun)
    .set({
      // A result that stands is never taken back by a job that came twice.
      state: sql`case when ${gradingRun.state} in ('graded', 'attention') then ${gradingRun.state} else 'grading' end`,
      startedAt: sql`now()`,
      tries: sql`${gradingRun.tries} + 1`,
    })
    .where(eq(gradingRun.id, runId))
    .returning(runColumns);
  return run ?? null;
}

export interface Attention {
  readonly code: string;
  readonly text: string;
}

/**
 * Records the one result of a run, with its state, in one transaction. Recording twice changes nothing.
 * @param attention why a human must look although there is a result
 */
export async function recordResult(
  database: Database,
  run: Run,
  breakdown: Breakdown,
  attention: Attention | null,
): Promise<void> {
  await database.transaction(async (tx) => {
    const { attemptId, rubricVersion, graderVersion } = run;
    await tx
      .insert(gradingResult)
      .values({
        id: newId('res'),
        runId: run.id,
        attemptId,
        rubricVersion,
        graderVersion,
        breakdown,
        factsDigest: breakdown.factsDigest,
        settled: breakdown.total.settled,
        suggested: breakdown.total.suggested,
      })
      .onConflictDoNothing();
    await finishRun(tx, run.id, attention);
  });
}

/** Ends a run: graded, or in need of a human for a reason. */
export async function finishRun(db: Queries, runId: string, attention: Attention | null): Promise<void> {
  await db
    .update(gradingRun)
    .set({
      state: attention ? 'attention' : 'graded',
      reasonCode: attention?.code ?? null,
      reasonText: attention?.text ?? null,
      finishedAt: sql`now()`,
    })
    .where(eq(gradingRun.id, runId));
}

/** Puts a run that needs attention back in line. @returns false when it does not need attention */
export async function reopenRun(db: Queries, runId: string): Promise<boolean> {
  const rows = await db
    .update(gradingRun)
    .set({ state: 'queued', reasonCode: null, reasonText: null, finishedAt: null, enqueuedAt: sql`now()` })
    .where(and(eq(gradingRun.id, runId), eq(gradingRun.state, 'attention')))
    .returning({ id: gradingRun.id });
  return rows.length > 0;
}

/**
 * Complete attempts that these graders have not judged under the version their exam pins, oldest first: those
 * without a run, and those whose run neither ended nor moved for `quietMs`.
 */
export async function ungraded(
  db: Queries,
  graderVersion: string,
  quietMs: number,
  limit: number,
): Promise<RunKey[]> {
  const rows = await db
    .select({ attemptId: attempt.id, rubricVersion: examPaper.versionId })
    .from(attempt)
    .innerJoin(candidate, eq(candidate.id, attempt.candidateId))
    .innerJoin(
      examPaper,
      and(eq(examPaper.examId, candidate.examId), eq(examPaper.paperId, candidate.paperId)),
    )
    .leftJoin(
      gradingRun,
      and(
        eq(gradingRun.attemptId, attempt.id),
        eq(gradingRun.rubricVersion, examPaper.versionId),
        eq(gradingRun.graderVersion, graderVersion),
      ),
    )
    .where(
      and(
        eq(attempt.state, 'complete'),
        or(
          isNull(gradingRun.id),
          and(
            inArray(gradingRun.state, ['queued', 'grading']),
            lt(
              sql`coalesce(${gradingRun.startedAt}, ${gradingRun.enqueuedAt})`,
              sql`now() - ${quietMs} * interval '1 millisecond'`,
            ),
          ),
        ),
      ),
    )
    // Those that nobody queued come first: the others stand in line already.
    .orderBy(sql`${gradingRun.id} is not null`, asc(attempt.completedAt), asc(attempt.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, graderVersion }));
}
