import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { candidate, examPaper, examSession } from '../database/schema/exams.ts';
import { gradingResult } from '../database/schema/grading.ts';
import { attempt } from '../database/schema/intake.ts';
import { reviewStanding } from '../database/schema/review.ts';
import type { ResultFilter, ResultState } from './schema.ts';

/** Newest result under the pinned version, as the marking room takes it. */
const newestResult = sql`(
  select ${gradingResult.id} from ${gradingResult}
  where ${gradingResult.attemptId} = ${attempt.id} and ${gradingResult.rubricVersion} = ${examPaper.versionId}
  order by ${gradingResult.id} desc limit 1
)`;

/** Complete only when nothing is open and nobody doubts: an unfinished score is never shown as a low one. */
const state = sql<ResultState>`case
  when ${attempt.id} is null then 'none'
  when ${reviewStanding.awarded} is not null and ${reviewStanding.doubts} = 0 then 'complete'
  else 'incomplete' end`;

const columns = {
  candidateId: candidate.id,
  ticket: candidate.ticket,
  name: candidate.name,
  blindNumber: candidate.blindNumber,
  session: examSession.name,
  room: candidate.room,
  seat: candidate.seat,
  paper: candidate.paperId,
  module: candidate.module,
  state,
  standing: reviewStanding,
};

/** Every candidate of an exam with what his counted work comes to, in the order of tickets. */
export async function selectResults(
  db: Queries,
  examId: string,
  wanted: ResultFilter & { candidateId?: string; after?: string | null; limit?: number },
) {
  const rows = db
    .select(columns)
    .from(candidate)
    .innerJoin(examSession, eq(examSession.id, candidate.sessionId))
    .innerJoin(
      examPaper,
      and(eq(examPaper.examId, candidate.examId), eq(examPaper.paperId, candidate.paperId)),
    )
    .leftJoin(attempt, and(eq(attempt.candidateId, candidate.id), eq(attempt.counts, true)))
    .leftJoin(
      reviewStanding,
      and(eq(reviewStanding.candidateId, candidate.id), eq(reviewStanding.resultId, newestResult)),
    )
    .where(
      and(
        eq(candidate.examId, examId),
        wanted.candidateId === undefined ? undefined : eq(candidate.id, wanted.candidateId),
        wanted.after ? gt(candidate.ticket, wanted.after) : undefined,
        wanted.paper ? eq(candidate.paperId, wanted.paper) : undefined,
        wanted.state ? eq(state, wanted.state) : undefined,
      ),
    )
    .orderBy(asc(candidate.ticket))
    .$dynamic();
  return wanted.limit === undefined ? rows : rows.limit(wanted.limit);
}

export type ResultRow = Awaited<ReturnType<typeof selectResults>>[number];
