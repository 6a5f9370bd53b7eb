import { eq, type SQL, sql } from 'drizzle-orm';
import type { Breakdown } from '../../rubrics/breakdown.ts';
import { isDuplicate, type Queries } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { candidate, examPaper } from '../database/schema/exams.ts';
import { gradingResult, gradingRun } from '../database/schema/grading.ts';
import { attempt } from '../database/schema/intake.ts';
import { type ProgressState, progressChannel } from './events.ts';

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

/** Why a human must look. */
export interface Attention {
  readonly code: string;
  readonly text: string;
}

const runColumns = sql`
  id, attempt_id as "attemptId", rubric_version as "rubricVersion", grader_version as "graderVersion", state`;

/** Tells who shows progress, as part of a statement over a row that has `attempt_id`: it goes out with the commit. */
const told = (state: ProgressState | SQL): SQL =>
  sql`pg_notify(${progressChannel}, json_build_object('attemptId', attempt_id, 'state', ${state}::text)::text)`;

async function rowsOf<T>(db: Queries, statement: SQL): Promise<T[]> {
  const { rows } = await db.execute(statement);
  return rows as T[];
}

/**
 * The runs of these keys: those that did not exist are made, those in line get a new place in time, so that nobody
 * else puts them in line again soon. One statement, whatever their number; the order is not kept.
 */
export async function ensureRuns(db: Queries, keys: readonly RunKey[]): Promise<Run[]> {
  const wanted = JSON.stringify(
    keys.map(({ attemptId, rubricVersion, graderVersion }) => ({
      id: newId('run'),
      attempt_id: attemptId,
      rubric_version: rubricVersion,
      grader_version: graderVersion,
    })),
  );
  return rowsOf<Run>(
    db,
    sql`
      with made as (
        insert into ${gradingRun} as run (id, attempt_id, rubric_version, grader_version)
        select id, attempt_id, rubric_version, grader_version from jsonb_to_recordset(${wanted}::jsonb)
          as wanted(id text, attempt_id text, rubric_version text, grader_version text)
        -- Several who do this at the same time take the rows in the same order.
        order by attempt_id, rubric_version, grader_version
        on conflict on constraint grading_run_once do update
          set enqueued_at = case when run.state in ('queued', 'grading') then now() else run.enqueued_at end
        returning run.*, run.xmax = 0 as fresh
      )
      select ${runColumns}, case when fresh then ${told('queued')} end from made`,
  );
}

/**
 * Takes an open run for these graders. Nothing was recorded under the version of those who queued it, so it takes
 * the version of those who grade.
 * @returns null when there is nothing to do: it has ended, is gone, or these graders have a run of their own
 */
export async function beginRun(db: Queries, runId: string, graderVersion: string): Promise<Run | null> {
  try {
    const [run] = await rowsOf<Run>(
      db,
      sql`
        with begun as (
          update ${gradingRun}
          set state = 'grading', grader_version = ${graderVersion}, started_at = now(), tries = tries + 1
          where id = ${runId} and state in ('queued', 'grading') returning *
        )
        select ${runColumns}, ${told('grading')} from begun`,
    );
    return run ?? null;
  } catch (error) {
    if (!isDuplicate(error, 'grading_run_once')) throw error;
    await db.delete(gradingRun).where(eq(gradingRun.id, runId));
    return null;
  }
}

/**
 * Records the one result of a run and ends it, all or nothing. Who comes second changes nothing.
 * @param attention why a human must look although there is a result
 */
export async function recordResult(
  db: Queries,
  run: Run,
  breakdown: Breakdown,
  attention: Attention | null,
): Promise<void> {
  const { settled, suggested } = breakdown.total;
  await db.execute(sql`
    with recorded as (
      insert into ${gradingResult}
        (id, run_id, attempt_id, rubric_version, grader_version, breakdown, facts_digest, settled, suggested)
      values (${newId('res')}, ${run.id}, ${run.attemptId}, ${run.rubricVersion}, ${run.graderVersion},
        ${JSON.stringify(breakdown)}::jsonb, ${breakdown.factsDigest}, ${settled}, ${suggested})
      on conflict on constraint grading_result_once do nothing
      returning run_id
    ), ended as (
      update ${gradingRun} set ${endedAs(attention)}
      where id in (select run_id from recorded) returning attempt_id, state
    )
    select ${told(sql`state`)} from ended`);
}

/** Ends an open run without a result; one that has ended stays as it is. */
export async function giveUpRun(db: Queries, runId: string, attention: Attention): Promise<void> {
  await db.execute(sql`
    with ended as (
      update ${gradingRun} set ${endedAs(attention)}
      where id = ${runId} and state in ('queued', 'grading') returning attempt_id
    )
    select ${told('attention')} from ended`);
}

const endedAs = (attention: Attention | null): SQL => sql`
  state = ${attention ? 'attention' : 'graded'}, finished_at = now(),
  reason_code = ${attention?.code ?? null}, reason_text = ${attention?.text ?? null}`;

/**
 * Puts an attempt's newest run back in line if it was given up without a result.
 * @returns null when it was not
 */
export async function reopenRun(db: Queries, attemptId: string): Promise<Run | null> {
  const [run] = await rowsOf<Run>(
    db,
    sql`
      with reopened as (
        update ${gradingRun} as run
        set state = 'queued', reason_code = null, reason_text = null, finished_at = null, enqueued_at = now()
        where run.id = (select max(id) from ${gradingRun} where attempt_id = ${attemptId}) and run.state = 'attention'
          and not exists (select from ${gradingResult} as result where result.run_id = run.id)
        returning *
      )
      select ${runColumns}, ${told('queued')} from reopened`,
  );
  return run ?? null;
}

/** Complete attempts that nobody queued under the version their exam pins, oldest first. */
export async function attemptsWithoutRun(
  db: Queries,
  limit: number,
): Promise<Omit<RunKey, 'graderVersion'>[]> {
  return rowsOf(
    db,
    sql`
      select done.id as "attemptId", pinned.version_id as "rubricVersion"
      from ${attempt} as done
      join ${candidate} as sat on sat.id = done.candidate_id
      join ${examPaper} as pinned on pinned.exam_id = sat.exam_id and pinned.paper_id = sat.paper_id
      where done.state = 'complete' and not exists (
        select from ${gradingRun} as run
        where run.attempt_id = done.id and run.rubric_version = pinned.version_id
      )
      order by done.id limit ${limit}`,
  );
}

/** Runs that neither ended nor moved since a moment, oldest first. */
export async function quietRuns(db: Queries, since: Date, limit: number): Promise<RunKey[]> {
  return rowsOf(
    db,
    sql`
      select ${runColumns} from ${gradingRun}
      where state in ('queued', 'grading') and greatest(enqueued_at, started_at) < ${since.toISOString()}::timestamptz
      order by enqueued_at, id limit ${limit}`,
  );
}

/** Now, by the database's clock: the one that runs are stamped by. */
export async function databaseNow(db: Queries): Promise<Date> {
  const [row] = await rowsOf<{ now: string }>(
    db,
    sql`select floor(extract(epoch from now()) * 1000)::text as now`,
  );
  if (!row) throw new Error('the database did not tell the time');
  return new Date(Number(row.now));
}
