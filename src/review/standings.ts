import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { candidate } from '../database/schema/exams.ts';
import { reviewStanding } from '../database/schema/review.ts';
import { type Judged, judge } from './judged.ts';
import type { ReviewParts } from './lines.ts';
import {
  counted,
  type LineRow,
  type MarkRow,
  newestMarks,
  offerStanding,
  place,
  selectLines,
} from './queries.ts';
import type { Work } from './work.ts';

/** Submissions judged between two looks at the database. */
const batch = 100;

/** A graded submission with what its marks come to. */
export interface JudgedLine {
  readonly row: LineRow;
  readonly work: Work;
  readonly marks: readonly MarkRow[];
  readonly judged: Judged;
}

async function* linesOf(
  { database, works }: ReviewParts,
  examId: string,
  onlyUnknown: boolean,
): AsyncGenerator<JudgedLine> {
  let last = '';
  for (;;) {
    const rows = await selectLines(database.db)
      .where(
        counted(
          and(eq(candidate.examId, examId), gt(place, last)),
          onlyUnknown ? isNull(reviewStanding.candidateId) : undefined,
        ),
      )
      .orderBy(asc(place))
      .limit(batch);
    const marks = await newestMarks(
      database.db,
      rows.map(({ candidateId }) => candidateId),
    );
    for (const row of rows) {
      const own = marks.filter(({ candidateId }) => candidateId === row.candidateId);
      const work = await works.of(row);
      yield { row, work, marks: own, judged: judge(work, own) };
    }
    const end = rows.at(-1);
    if (rows.length < batch || !end) return;
    last = end.place;
  }
}

/** Every graded submission of an exam with its marks, one after the other. */
export const judgedLines = (parts: ReviewParts, examId: string): AsyncGenerator<JudgedLine> =>
  linesOf(parts, examId, false);

/** Works out what nobody has looked at yet, so that lists of the whole exam can count on `review_standing`. */
export async function completeStandings(parts: ReviewParts, examId: string): Promise<void> {
  for await (const { row, judged } of linesOf(parts, examId, true))
    await offerStanding(parts.database.db, row.candidateId, row.resultId, judged.standing);
}

/** One graded submission with its marks, worked out and written down; null when the candidate has none. */
export async function judgedLineOf(
  { database, works }: ReviewParts,
  candidateId: string,
): Promise<JudgedLine | null> {
  const [row] = await selectLines(database.db).where(counted(eq(candidate.id, candidateId)));
  if (!row) return null;
  const [work, marks] = await Promise.all([works.of(row), newestMarks(database.db, [candidateId])]);
  const judged = judge(work, marks);
  if (!row.standing) await offerStanding(database.db, candidateId, row.resultId, judged.standing);
  return { row, work, marks, judged };
}
