import { and, desc, eq, sql } from 'drizzle-orm';
import { type Database, isDuplicate, type Queries } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { prepared } from '../database/prepared.ts';
import { attempt } from '../database/schema/intake.ts';

export type AttemptRow = typeof attempt.$inferSelect;

export async function attemptById(db: Queries, id: string): Promise<AttemptRow | null> {
  const [found] = await db.select().from(attempt).where(eq(attempt.id, id));
  return found ?? null;
}

const attempts = prepared((db) =>
  db
    .select()
    .from(attempt)
    .where(eq(attempt.candidateId, sql.placeholder('candidateId')))
    .orderBy(desc(attempt.number))
    .prepare('intake_attempts'),
);

/** A candidate's attempts, newest first. */
export const attemptsOf = (database: Pick<Database, 'db'>, candidateId: string): Promise<AttemptRow[]> =>
  attempts(database).execute({ candidateId });

export interface NewAttempt {
  readonly candidateId: string;
  readonly examId: string;
  readonly idempotencyKey: string;
  readonly firstRequestAt: Date;
  readonly room?: string | null;
  readonly seat?: string | null;
}

const begin = prepared((db) =>
  db
    .insert(attempt)
    .values({
      id: sql.placeholder('id'),
      candidateId: sql.placeholder('candidateId'),
      examId: sql.placeholder('examId'),
      idempotencyKey: sql.placeholder('idempotencyKey'),
      firstRequestAt: sql.placeholder('firstRequestAt'),
      room: sql.placeholder('room'),
      seat: sql.placeholder('seat'),
      number: sql`(select coalesce(max(a.number), 0) + 1 from attempt a where a.candidate_id = ${sql.placeholder('candidateId')})`,
    })
    // The target is named because PostgreSQL would else consult attempt_one_counts, which it cannot: it is deferred.
    .onConflictDoNothing({ target: [attempt.candidateId, attempt.idempotencyKey] })
    .returning()
    .prepare('intake_begin'),
);

/**
 * Begins an attempt under a client's key, numbered after the candidate's others.
 * @returns the new attempt, or the one that holds the key already
 */
export async function beginAttempt(
  database: Database,
  wanted: NewAttempt,
): Promise<{ row: AttemptRow; fresh: boolean }> {
  const values = { room: null, seat: null, ...wanted };
  // Two hand-ins at the same moment may take the same number: the loser asks for the next one.
  for (let tries = 0; tries < 20; tries += 1) {
    const [row] = await begin(database)
      .execute({ id: newId('att'), ...values })
      .catch((error: unknown) => {
        if (isDuplicate(error, 'attempt_number')) return [];
        throw error;
      });
    if (row) return { row, fresh: true };
    const attempts = await attemptsOf(database, wanted.candidateId);
    const present = attempts.find(({ idempotencyKey }) => idempotencyKey === wanted.idempotencyKey);
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

/** Attempts that began and neither ended nor broke off: of living requests, or of a process that died. */
export async function receivingAttempts({ db }: Database): Promise<AttemptRow[]> {
  return db.select().from(attempt).where(eq(attempt.state, 'receiving'));
}
