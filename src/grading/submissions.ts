import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import { type Breakdown, breakdownSchema } from '../../rubrics/breakdown.ts';
import { moduleSchema } from '../../rubrics/paper-schema.ts';
import { withoutIdentity } from '../access/anonymous.ts';
import type { Database } from '../database/database.ts';
import { candidate, examPaper } from '../database/schema/exams.ts';
import { gradingResult, gradingRun } from '../database/schema/grading.ts';
import { attempt } from '../database/schema/intake.ts';
import { handedIn } from '../intake/handed-in.ts';
import type { Submission, SubmissionFilter } from './schema.ts';

/**
 * The newest run of an attempt under the version its exam pins. An attempt is graded again by newer graders; the
 * latest run is what its state tells.
 */
const newestRun = sql`(
  select ${gradingRun.id} from ${gradingRun}
  where ${gradingRun.attemptId} = ${attempt.id} and ${gradingRun.rubricVersion} = ${examPaper.versionId}
  order by ${gradingRun.id} desc limit 1
)`;

const state = sql<Submission['state']>`coalesce(${gradingRun.state}, 'received')`;

const columns = {
  attemptId: attempt.id,
  blindNumber: candidate.blindNumber,
  ticket: candidate.ticket,
  name: candidate.name,
  exam: attempt.examId,
  paper: candidate.paperId,
  module: candidate.module,
  attempt: attempt.number,
  counts: attempt.counts,
  receivedAt: attempt.firstRequestAt,
  run: gradingRun.id,
  state,
  reasonCode: gradingRun.reasonCode,
  reasonText: gradingRun.reasonText,
  settled: gradingResult.settled,
  suggested: gradingResult.suggested,
};

const select = ({ db }: Database, where: SQL | undefined, limit: number) =>
  db
    .select(columns)
    .from(attempt)
    .innerJoin(candidate, eq(candidate.id, attempt.candidateId))
    .innerJoin(
      examPaper,
      and(eq(examPaper.examId, candidate.examId), eq(examPaper.paperId, candidate.paperId)),
    )
    .leftJoin(gradingRun, eq(gradingRun.id, newestRun))
    .leftJoin(gradingResult, eq(gradingResult.runId, gradingRun.id))
    .where(and(eq(attempt.state, 'complete'), where))
    .orderBy(asc(attempt.id))
    .limit(limit);

type Row = Awaited<ReturnType<typeof select>>[number];

/** @param named whether the asker may see who it is */
function shown(row: Row, named: boolean): Submission {
  const { reasonCode, reasonText, run: _, name: __, ...rest } = row;
  return {
    ...rest,
    module: moduleSchema.parse(row.module),
    ticket: named ? row.ticket : null,
    receivedAt: row.receivedAt.toISOString(),
    reason: reasonCode === null ? null : { code: reasonCode, text: reasonText ?? '' },
  };
}

/** Attempts in the order they came, filtered. */
export async function listSubmissions(
  database: Database,
  {
    filter,
    after,
    limit,
    named,
  }: { filter: SubmissionFilter; after: string | null; limit: number; named: boolean },
): Promise<Submission[]> {
  const where = and(
    after === null ? undefined : gt(attempt.id, after),
    filter.exam ? eq(attempt.examId, filter.exam) : undefined,
    filter.paper ? eq(candidate.paperId, filter.paper) : undefined,
    filter.module ? eq(candidate.module, filter.module) : undefined,
    filter.state ? eq(state, filter.state) : undefined,
    filter.counting === undefined ? undefined : eq(attempt.counts, filter.counting),
  );
  const rows = await select(database, where, limit);
  return rows.map((row) => shown(row, named));
}

/** One attempt with its files and breakdown; null when there is none. */
export async function submissionOf(database: Database, attemptId: string, named: boolean) {
  const [row] = await select(database, eq(attempt.id, attemptId), 1);
  const work = row && (await handedIn(database, attemptId));
  if (!row || !work) return null;
  const files = work.files.map((file, position) => ({ position, ...file }));
  const breakdown = row.run === null ? null : await breakdownOf(database, row.run);
  const whole = { ...shown(row, named), files, breakdown };
  return named ? whole : withoutIdentity(whole, [row.ticket, row.name]);
}

async function breakdownOf({ db }: Database, run: string): Promise<Breakdown | null> {
  const [found] = await db
    .select({ breakdown: gradingResult.breakdown })
    .from(gradingResult)
    .where(eq(gradingResult.runId, run));
  return found ? breakdownSchema.parse(found.breakdown) : null;
}

/** How many runs stand in a state, for the metrics. */
export async function runsByState(
  { db }: Database,
  wanted: (typeof gradingRun.$inferSelect)['state'],
): Promise<number> {
  return db.$count(gradingRun, eq(gradingRun.state, wanted));
}
