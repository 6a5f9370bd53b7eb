import { and, eq, sql } from 'drizzle-orm';
import { verifyNobody, verifySecret } from '../access/password.ts';
import type { Database, Db } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { candidate, exam, examPaper, examSession } from '../database/schema/exams.ts';
import { Problem } from '../http/problem.ts';

/** All that other stages need to know of a candidate: who, where, which paper version, and until when. */
export interface Seating {
  readonly candidateId: string;
  readonly examId: string;
  readonly examName: string;
  readonly examState: 'draft' | 'open' | 'closed';
  readonly ticket: string;
  readonly name: string;
  readonly module: string;
  readonly paperId: string;
  /** The pinned rubric version. */
  readonly versionId: string;
  readonly room: string;
  readonly seat: string;
  readonly session: { id: string; name: string; startsAt: Date; endsAt: Date; graceSeconds: number };
}

const columns = {
  candidateId: candidate.id,
  examId: candidate.examId,
  examName: exam.name,
  examState: exam.state,
  ticket: candidate.ticket,
  name: candidate.name,
  module: candidate.module,
  paperId: candidate.paperId,
  versionId: examPaper.versionId,
  room: candidate.room,
  seat: candidate.seat,
  session: {
    id: examSession.id,
    name: examSession.name,
    startsAt: examSession.startsAt,
    endsAt: examSession.endsAt,
    graceSeconds: examSession.graceSeconds,
  },
};

const seatings = (db: Db) =>
  db
    .select({ ...columns, pinHash: candidate.pinHash })
    .from(candidate)
    .innerJoin(exam, eq(exam.id, candidate.examId))
    .innerJoin(examSession, eq(examSession.id, candidate.sessionId))
    .innerJoin(
      examPaper,
      and(eq(examPaper.examId, candidate.examId), eq(examPaper.paperId, candidate.paperId)),
    );

const seating = prepared((db) =>
  seatings(db)
    .where(eq(candidate.id, sql.placeholder('candidateId')))
    .prepare('exams_seating'),
);

/** Where a candidate sits; null when there is no such candidate. */
export async function seatingOf(database: Database, candidateId: string): Promise<Seating | null> {
  const [found] = await seating(database).execute({ candidateId });
  if (!found) return null;
  const { pinHash: _, ...rest } = found;
  return rest;
}

/**
 * Checks ticket and PIN against the open exams.
 * @throws Problem 401, the same whatever was wrong; 409 when the ticket sits in two open exams and none is named
 */
export async function identifyCandidate(
  database: Database,
  ticket: string,
  pin: string,
  examId?: string,
): Promise<Seating> {
  const found = await seatings(database.db).where(
    and(eq(candidate.ticket, ticket), eq(exam.state, 'open'), examId ? eq(exam.id, examId) : undefined),
  );
  if (found.length > 1)
    throw new Problem(409, 'several-exams', '此准考证号在多场考试中有效，请注明考试（exam）。');
  const [one] = found;
  const right = one ? await verifySecret(pin, one.pinHash) : await verifyNobody(pin);
  if (!one || !right)
    throw new Problem(
      401,
      'wrong-credentials',
      '准考证号或密码不正确，请核对；如仍无法登录，请举手示意监考员。',
    );
  const { pinHash: _, ...rest } = one;
  return rest;
}

/** What tells who a candidate is: ticket and name, to be kept from those who mark. Empty when there is none. */
export async function identityOf({ db }: Database, candidateId: string): Promise<string[]> {
  const [found] = await db
    .select({ ticket: candidate.ticket, name: candidate.name })
    .from(candidate)
    .where(eq(candidate.id, candidateId));
  return found ? [found.ticket, found.name] : [];
}
