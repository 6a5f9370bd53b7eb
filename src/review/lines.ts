import { asc, eq, gt, or } from 'drizzle-orm';
import { moduleSchema } from '../../rubrics/paper-schema.ts';
import type { Database } from '../database/database.ts';
import { candidate } from '../database/schema/exams.ts';
import { lease } from '../database/schema/review.ts';
import { type Judged, judge } from './judged.ts';
import {
  counted,
  type LineRow,
  lineOf,
  type MarkRow,
  markedBy,
  newestMarks,
  offerStanding,
  place,
  selectLines,
  stateOrWaiting,
} from './queries.ts';
import type { ReviewFilter, ReviewLine } from './schema.ts';
import type { Works } from './work.ts';

export interface ReviewParts {
  readonly database: Database;
  readonly works: Works;
}

/** The part of a line that marks change. */
type Standing = Pick<ReviewLine, 'state' | 'itemsOpen' | 'doubts' | 'settled' | 'suggested' | 'awarded'>;

const shown = (row: LineRow, standing: Standing, me: string): ReviewLine => ({
  candidateId: row.candidateId,
  attemptId: row.attemptId,
  blindNumber: row.blindNumber,
  exam: row.exam,
  paper: row.paper,
  module: moduleSchema.parse(row.module),
  state: standing.state,
  itemsOpen: standing.itemsOpen,
  doubts: standing.doubts,
  lease: row.lease && { mine: row.lease.accountId === me, until: row.lease.expiresAt.toISOString() },
  settled: standing.settled,
  suggested: standing.suggested,
  awarded: standing.awarded,
});

/** What a submission and its marks come to. */
export async function judgeLine(works: Works, row: LineRow, marks: readonly MarkRow[]): Promise<Judged> {
  return judge(await works.of(row), marks);
}

/** The line of a submission, worked out and written down where nobody has. */
async function lineFrom({ database, works }: ReviewParts, row: LineRow, me: string): Promise<ReviewLine> {
  if (row.standing) return shown(row, row.standing, me);
  const marks = await newestMarks(database.db, [row.candidateId]);
  const { standing } = await judgeLine(works, row, marks);
  await offerStanding(database.db, row.candidateId, row.resultId, standing);
  return shown(row, standing, me);
}

/** @param me the account that asks @param after `place` of the last one seen */
export async function listLines(
  parts: ReviewParts,
  { filter, me, after, limit }: { filter: ReviewFilter; me: string; after: string | null; limit: number },
): Promise<{ line: ReviewLine; place: string }[]> {
  const rows = await selectLines(parts.database.db)
    .where(
      counted(
        after === null ? undefined : gt(place, after),
        filter.exam ? eq(candidate.examId, filter.exam) : undefined,
        filter.paper ? eq(candidate.paperId, filter.paper) : undefined,
        filter.module ? eq(candidate.module, filter.module) : undefined,
        filter.state ? eq(stateOrWaiting, filter.state) : undefined,
        filter.mine ? or(eq(lease.accountId, me), markedBy(me)) : undefined,
      ),
    )
    .orderBy(asc(place))
    .limit(limit);
  const lines: { line: ReviewLine; place: string }[] = [];
  for (const row of rows) lines.push({ line: await lineFrom(parts, row, me), place: row.place });
  return lines;
}

/** The line of one submission; null when the candidate has none that is graded. */
export async function lineFor(
  parts: ReviewParts,
  candidateId: string,
  me: string,
): Promise<ReviewLine | null> {
  const row = await lineOf(parts.database.db, candidateId);
  return row && lineFrom(parts, row, me);
}
