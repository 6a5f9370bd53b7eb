import { and, asc, eq, gt } from 'drizzle-orm';
import type { Item, Paper } from '../../../rubrics/paper-schema.ts';
import type { Queries } from '../../database/database.ts';
import { candidate, examPaper, examSession } from '../../database/schema/exams.ts';
import { examOf } from '../../exams/exams.ts';
import { allowedFor } from '../allowed.ts';
import type { ReviewParts } from '../lines.ts';
import { type MarkRow, newestMarks } from '../queries.ts';
import type { ProcessItem, ProcessLine } from '../schema.ts';

/** What the invigilator decides on a paper. */
export const processItemsOf = ({ items }: Paper): Item[] => items.filter(({ by }) => by === 'process');

/** An item at a seat, with the mark in force. */
export const processItemShown = (item: Item, mark: MarkRow | undefined): ProcessItem => ({
  item: item.id,
  text: item.text,
  allowed: allowedFor(item),
  points: mark?.points ?? null,
  comment: mark?.comment ?? '',
  mark: mark?.id ?? null,
  by: mark?.markerName ?? null,
});

/** Candidates of an exam with the version of their paper. */
const select = (db: Queries) =>
  db
    .select({
      candidateId: candidate.id,
      ticket: candidate.ticket,
      name: candidate.name,
      session: examSession.name,
      room: candidate.room,
      seat: candidate.seat,
      paper: candidate.paperId,
      version: examPaper.versionId,
    })
    .from(candidate)
    .innerJoin(examSession, eq(examSession.id, candidate.sessionId))
    .innerJoin(
      examPaper,
      and(eq(examPaper.examId, candidate.examId), eq(examPaper.paperId, candidate.paperId)),
    )
    .$dynamic();

/** Everybody of an exam, or one of them, in the order of their tickets. */
export const seatsOf = (db: Queries, examId: string, candidateId?: string) =>
  select(db)
    .where(
      and(
        eq(candidate.examId, examId),
        candidateId === undefined ? undefined : eq(candidate.id, candidateId),
      ),
    )
    .orderBy(asc(candidate.ticket));
export type Seat = Awaited<ReturnType<typeof seatsOf>>[number];

/**
 * Seats with their process items and marks, in the order of their tickets.
 * @param wanted `session` is its id or its name
 * @throws Problem 404 for an unknown exam
 */
export async function listProcess(
  { database, works }: ReviewParts,
  examId: string,
  wanted: { session?: string | undefined; room?: string | undefined; after: string | null; limit: number },
): Promise<ProcessLine[]> {
  const { sessions } = await examOf(database, examId);
  const session = sessions.find(({ id, name }) => [id, name].includes(wanted.session ?? ''));
  const seats = await select(database.db)
    .where(
      and(
        eq(candidate.examId, examId),
        wanted.after === null ? undefined : gt(candidate.ticket, wanted.after),
        wanted.session === undefined ? undefined : eq(candidate.sessionId, session?.id ?? ''),
        wanted.room === undefined ? undefined : eq(candidate.room, wanted.room),
      ),
    )
    .orderBy(asc(candidate.ticket))
    .limit(wanted.limit);
  const marks = await newestMarks(
    database.db,
    seats.map(({ candidateId }) => candidateId),
  );
  const lines: ProcessLine[] = [];
  for (const { version, ...seat } of seats) {
    const own = marks.filter(({ candidateId }) => candidateId === seat.candidateId);
    const items = processItemsOf(await works.paper(version)).map((item) =>
      processItemShown(
        item,
        own.find(({ itemId }) => itemId === item.id),
      ),
    );
    lines.push({ ...seat, items });
  }
  return lines;
}
