import { and, asc, desc, eq, gt, inArray, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Queries, Transaction } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { account } from '../database/schema/access.ts';
import { candidate, examPaper } from '../database/schema/exams.ts';
import { gradingResult } from '../database/schema/grading.ts';
import { attempt } from '../database/schema/intake.ts';
import { lease, mark, reviewStanding } from '../database/schema/review.ts';
import { notFound } from '../http/problem.ts';
import type { Standing } from './judged.ts';

/** The newest result of an attempt under the version its exam pins: what is reviewed. */
const newestResult = sql`(
  select ${gradingResult.id} from ${gradingResult}
  where ${gradingResult.attemptId} = ${attempt.id} and ${gradingResult.rubricVersion} = ${examPaper.versionId}
  order by ${gradingResult.id} desc limit 1
)`;

/** Where a submission stands in every list: a place that tells nothing of ticket, name or arrival (F8). */
export const place = sql<string>`md5(${candidate.id})`;

export const stateOrWaiting = sql<
  'waiting' | 'started' | 'done' | 'doubt'
>`coalesce(${reviewStanding.state}, 'waiting')`;

const lineColumns = {
  candidateId: candidate.id,
  attemptId: attempt.id,
  attempt: attempt.number,
  receivedAt: attempt.firstRequestAt,
  blindNumber: candidate.blindNumber,
  exam: candidate.examId,
  paper: candidate.paperId,
  module: candidate.module,
  version: examPaper.versionId,
  resultId: gradingResult.id,
  place,
  standing: reviewStanding,
  lease: { accountId: lease.accountId, expiresAt: lease.expiresAt },
};

/** Counted attempts that are graded, with what their marks come to where that is known, and who works on them. */
export const selectLines = (db: Queries) =>
  db
    .select(lineColumns)
    .from(attempt)
    .innerJoin(candidate, eq(candidate.id, attempt.candidateId))
    .innerJoin(
      examPaper,
      and(eq(examPaper.examId, candidate.examId), eq(examPaper.paperId, candidate.paperId)),
    )
    .innerJoin(gradingResult, eq(gradingResult.id, newestResult))
    .leftJoin(
      reviewStanding,
      and(eq(reviewStanding.candidateId, candidate.id), eq(reviewStanding.resultId, gradingResult.id)),
    )
    .leftJoin(lease, and(eq(lease.candidateId, candidate.id), gt(lease.expiresAt, sql`now()`)))
    .where(eq(attempt.counts, true))
    .$dynamic();

export type LineRow = Awaited<ReturnType<typeof selectLines>>[number];

/** Filters added to `selectLines`, whose own condition must stay. */
export const counted = (...conditions: (SQL | undefined)[]): SQL | undefined =>
  and(eq(attempt.counts, true), ...conditions);

export const markedBy = (accountId: string): SQL => sql`exists (
  select from ${mark} where ${mark.candidateId} = ${candidate.id}
    and ${mark.marker} = ${accountId} and ${mark.kind} = 'examiner'
)`;

/** The counted and graded submission of a candidate; null when there is none. */
export async function lineOf(db: Queries, candidateId: string): Promise<LineRow | null> {
  const [found] = await selectLines(db).where(counted(eq(candidate.id, candidateId)));
  return found ?? null;
}

/** The recorded breakdown of a result, as it is in the database. */
export async function recordedBreakdown(db: Queries, resultId: string): Promise<unknown> {
  const [found] = await db
    .select({ breakdown: gradingResult.breakdown })
    .from(gradingResult)
    .where(eq(gradingResult.id, resultId));
  if (!found) throw new Error(`grading result ${resultId} is gone`);
  return found.breakdown;
}

const markColumns = {
  id: mark.id,
  candidateId: mark.candidateId,
  itemId: mark.itemId,
  round: mark.round,
  revision: mark.revision,
  marker: mark.marker,
  markerName: account.displayName,
  kind: mark.kind,
  points: mark.points,
  doubt: mark.doubt,
  comment: mark.comment,
  rubricVersion: mark.rubricVersion,
  ruleDigest: mark.ruleDigest,
  evidenceDigest: mark.evidenceDigest,
  createdAt: mark.createdAt,
};

const selectMarks = (db: Queries) =>
  db.select(markColumns).from(mark).innerJoin(account, eq(account.id, mark.marker)).$dynamic();

export type MarkRow = Awaited<ReturnType<typeof selectMarks>>[number];

/** The newest mark of each item of these candidates. */
export async function newestMarks(db: Queries, candidateIds: readonly string[]): Promise<MarkRow[]> {
  if (candidateIds.length === 0) return [];
  return db
    .selectDistinctOn([mark.candidateId, mark.itemId], markColumns)
    .from(mark)
    .innerJoin(account, eq(account.id, mark.marker))
    .where(and(inArray(mark.candidateId, [...candidateIds]), eq(mark.round, 1)))
    .orderBy(asc(mark.candidateId), asc(mark.itemId), desc(mark.revision));
}

/** Every mark that an item ever had, newest first. */
export async function marksOfItem(db: Queries, candidateId: string, itemId: string): Promise<MarkRow[]> {
  return selectMarks(db)
    .where(and(eq(mark.candidateId, candidateId), eq(mark.itemId, itemId)))
    .orderBy(desc(mark.round), desc(mark.revision));
}

/** Holds a candidate until the transaction ends: marks on one work are put one after the other. @throws Problem 404 */
export async function holdCandidate(tx: Transaction, candidateId: string) {
  const [found] = await tx
    .select({
      id: candidate.id,
      examId: candidate.examId,
      paperId: candidate.paperId,
      ticket: candidate.ticket,
    })
    .from(candidate)
    .where(eq(candidate.id, candidateId))
    .for('no key update');
  if (!found) throw notFound('此考生');
  return found;
}

export type NewMark = Omit<typeof mark.$inferInsert, 'id' | 'createdAt'>;

/** Adds marks. @returns them as they were given ids */
export async function insertMarks(tx: Transaction, marks: readonly NewMark[]): Promise<MarkRow[]> {
  if (marks.length === 0) return [];
  const rows = marks.map((one) => ({ id: newId('mark'), ...one }));
  await tx.insert(mark).values(rows);
  return selectMarks(tx)
    .where(
      inArray(
        mark.id,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(mark.itemId));
}

/** Writes down what a result and its marks come to. The caller holds the candidate. */
export async function putStanding(
  tx: Queries,
  candidateId: string,
  resultId: string,
  standing: Standing,
): Promise<void> {
  const values = { resultId, ...standing };
  await tx
    .insert(reviewStanding)
    .values({ candidateId, ...values })
    .onConflictDoUpdate({ target: reviewStanding.candidateId, set: values });
}

/** The same for readers, who hold nothing: what a marker wrote for the same result meanwhile stays. */
export async function offerStanding(
  db: Queries,
  candidateId: string,
  resultId: string,
  standing: Standing,
): Promise<void> {
  const values = { resultId, ...standing };
  await db
    .insert(reviewStanding)
    .values({ candidateId, ...values })
    .onConflictDoUpdate({
      target: reviewStanding.candidateId,
      set: values,
      setWhere: sql`${reviewStanding.resultId} <> ${resultId}`,
    });
}

/** How long a lease lasts after its holder was last heard of. */
const leaseMinutes = 10;
const leaseEnd = sql`now() + make_interval(mins => ${leaseMinutes})`;

/**
 * Takes a submission, or goes on holding it.
 * @returns until when; null when somebody else holds it
 */
export async function takeLease(db: Queries, candidateId: string, accountId: string): Promise<Date | null> {
  const [taken] = await db
    .insert(lease)
    .values({ candidateId, accountId, expiresAt: leaseEnd })
    .onConflictDoUpdate({
      target: lease.candidateId,
      set: {
        accountId,
        takenAt: sql`case when ${lease.accountId} = ${accountId} and ${lease.expiresAt} > now() then ${lease.takenAt} else now() end`,
        renewedAt: sql`now()`,
        expiresAt: leaseEnd,
      },
      setWhere: or(eq(lease.accountId, accountId), lte(lease.expiresAt, sql`now()`)),
    })
    .returning({ until: lease.expiresAt });
  return taken?.until ?? null;
}

/** Somebody who marks is not idle: his lease goes on, where he has one. */
export async function renewLease(db: Queries, candidateId: string, accountId: string): Promise<void> {
  await db
    .update(lease)
    .set({ renewedAt: sql`now()`, expiresAt: leaseEnd })
    .where(
      and(
        eq(lease.candidateId, candidateId),
        eq(lease.accountId, accountId),
        gt(lease.expiresAt, sql`now()`),
      ),
    );
}

/** Gives a submission back, if this account holds it. */
export async function dropLease(db: Queries, candidateId: string, accountId: string): Promise<void> {
  await db.delete(lease).where(and(eq(lease.candidateId, candidateId), eq(lease.accountId, accountId)));
}
