import { and, asc, count, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database, Queries, Transaction } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { candidate } from '../database/schema/exams.ts';
import { attempt, attemptFile } from '../database/schema/intake.ts';
import { announce } from '../grading/events.ts';
import { chooseCounting } from './counting.ts';
import type { Manifest } from './manifest.ts';

export type AttemptRow = typeof attempt.$inferSelect;

/** The attempt a client's key stands for, if the key was used before. */
export async function attemptByKey(
  db: Queries,
  candidateId: string,
  idempotencyKey: string,
): Promise<AttemptRow | null> {
  const [found] = await db
    .select()
    .from(attempt)
    .where(and(eq(attempt.candidateId, candidateId), eq(attempt.idempotencyKey, idempotencyKey)));
  return found ?? null;
}

export async function attemptById(db: Queries, id: string): Promise<AttemptRow | null> {
  const [found] = await db.select().from(attempt).where(eq(attempt.id, id));
  return found ?? null;
}

export interface NewAttempt {
  readonly candidateId: string;
  readonly examId: string;
  readonly idempotencyKey: string;
  readonly firstRequestAt: Date;
}

/**
 * Begins an attempt under a client's key, numbered after the candidate's others.
 * @returns the new attempt, or the one that holds the key already
 */
export async function beginAttempt(
  { db }: Database,
  wanted: NewAttempt,
): Promise<{ row: AttemptRow; fresh: boolean }> {
  const number = sql<number>`(select coalesce(max(a.number), 0) + 1 from attempt a where a.candidate_id = ${wanted.candidateId})`;
  // Two hand-ins at the same moment may take the same number: the loser asks for the next one.
  for (let tries = 0; tries < 20; tries += 1) {
    const [row] = await db
      .insert(attempt)
      .values({ id: newId('att'), number, ...wanted })
      .onConflictDoNothing()
      .returning();
    if (row) return { row, fresh: true };
    const present = await attemptByKey(db, wanted.candidateId, wanted.idempotencyKey);
    if (present) return { row: present, fresh: false };
  }
  throw new Error(`no number could be had for an attempt of candidate ${wanted.candidateId}`);
}

/** Marks an attempt that broke off: nothing of it was promised, and its key may be used again. */
export async function abortAttempt({ db }: Database, id: string): Promise<void> {
  await db
    .update(attempt)
    .set({ state: 'aborted', idempotencyKey: sql`${attempt.idempotencyKey} || ' #' || ${attempt.id}` })
    .where(and(eq(attempt.id, id), eq(attempt.state, 'receiving')));
}

/** How many attempts a candidate began since a moment. */
export async function attemptsSince({ db }: Database, candidateId: string, since: Date): Promise<number> {
  const [row] = await db
    .select({ attempts: count() })
    .from(attempt)
    .where(and(eq(attempt.candidateId, candidateId), gt(attempt.firstRequestAt, since)));
  return row?.attempts ?? 0;
}

/**
 * Commits what a manifest says: files, times, receipt, and which attempt of the candidate counts now; all or nothing.
 * An attempt that is complete already is left as it is. The word goes out with the commit.
 */
export async function completeAttempt(
  database: Database,
  manifest: Manifest,
  manifestSha256: string,
): Promise<void> {
  await database.transaction(async (tx) => {
    // One hand-in of a candidate at a time, or two might both count.
    await tx
      .select({ id: candidate.id })
      .from(candidate)
      .where(eq(candidate.id, manifest.candidate.id))
      .for('update');
    const [changed] = await tx
      .update(attempt)
      .set({
        state: 'complete',
        completedAt: new Date(manifest.completedAt),
        room: manifest.claimed.room,
        seat: manifest.claimed.seat,
        bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
        manifestSha256,
        receipt: manifest.receipt,
        problems: manifest.problems,
        requiredFilled: manifest.filling.requiredFilled,
        requiredTotal: manifest.filling.requiredTotal,
      })
      .where(and(eq(attempt.id, manifest.attempt.id), inArray(attempt.state, ['receiving', 'aborted'])))
      .returning({ id: attempt.id });
    if (!changed) return;
    const files = manifest.files.map((file, position) => ({ attemptId: changed.id, position, ...file }));
    for (let start = 0; start < files.length; start += 1000)
      await tx.insert(attemptFile).values(files.slice(start, start + 1000));
    await settleCounting(tx, manifest.candidate.id);
    await announce(tx, { attemptId: changed.id, state: 'received' });
  });
}

async function settleCounting(tx: Transaction, candidateId: string): Promise<void> {
  const rows = await tx
    .select({
      id: attempt.id,
      number: attempt.number,
      requiredFilled: sql<number>`coalesce(${attempt.requiredFilled}, 0)`,
      requiredTotal: sql<number>`coalesce(${attempt.requiredTotal}, 0)`,
    })
    .from(attempt)
    .where(and(eq(attempt.candidateId, candidateId), eq(attempt.state, 'complete')))
    .orderBy(asc(attempt.number));
  const chosen = chooseCounting(rows);
  if (!chosen) return;
  await tx
    .update(attempt)
    .set({ counts: sql`${attempt.id} = ${chosen.id}` })
    .where(
      and(eq(attempt.candidateId, candidateId), sql`${attempt.counts} <> (${attempt.id} = ${chosen.id})`),
    );
}

/** A candidate's complete attempts, newest first. */
export async function completeAttempts({ db }: Database, candidateId: string): Promise<AttemptRow[]> {
  return db
    .select()
    .from(attempt)
    .where(and(eq(attempt.candidateId, candidateId), eq(attempt.state, 'complete')))
    .orderBy(desc(attempt.number));
}

/** Attempts that began and neither ended nor broke off: of living requests, or of a process that died. */
export async function receivingAttempts({ db }: Database): Promise<AttemptRow[]> {
  return db.select().from(attempt).where(eq(attempt.state, 'receiving'));
}
