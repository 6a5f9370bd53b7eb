import { setTimeout as wait } from 'node:timers/promises';
import { and, count, desc, eq, gt, sql } from 'drizzle-orm';
import { type Database, isDuplicate, type Queries, sqlState } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { attempt } from '../database/schema/intake.ts';
import { type Progress, progressChannel } from '../grading/events.ts';
import { chooseCounting, type Standing } from './counting.ts';
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
  readonly room?: string | null;
  readonly seat?: string | null;
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
    const inserted = await db
      .insert(attempt)
      .values({ id: newId('att'), number, ...wanted })
      // The target is named because PostgreSQL would else consult attempt_one_counts, which it cannot: it is deferred.
      .onConflictDoNothing({ target: [attempt.candidateId, attempt.idempotencyKey] })
      .returning()
      .catch((error: unknown) => {
        if (isDuplicate(error, 'attempt_number')) return [];
        throw error;
      });
    const [row] = inserted;
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

/** Another completion of the same candidate came between: exclusion_violation of attempt_one_counts, or a deadlock. */
const collisions = ['23P01', '40P01', '40001'];

/**
 * Commits what a manifest says: files, times, receipt, and which attempt of the candidate counts now; all or nothing.
 * An attempt that is complete already is left as it is. The word goes out with the commit.
 *
 * One statement is one round trip and one flush. It takes no lock: the constraint that one attempt counts makes a
 * concurrent completion fail, which is then decided anew; a decision against the new attempt cannot grow stale, since
 * what counts is only ever replaced by better.
 */
export async function completeAttempt(
  { db }: Pick<Database, 'db'>,
  manifest: Manifest,
  manifestSha256: string,
): Promise<void> {
  const { attempt: own, candidate, filling } = manifest;
  for (let tries = 1; ; tries += 1) {
    const standing = await countingOf(db, candidate.id);
    const chosen = chooseCounting([{ ...own, ...filling }, ...(standing ? [standing] : [])]);
    try {
      await commit(db, manifest, manifestSha256, chosen?.id === own.id);
      return;
    } catch (error) {
      if (tries === 10 || !collisions.includes(sqlState(error) ?? '')) throw error;
      await wait(Math.random() * 20 * tries);
    }
  }
}

async function countingOf(db: Queries, candidateId: string): Promise<Standing | null> {
  const [found] = await db
    .select({
      id: attempt.id,
      number: attempt.number,
      requiredFilled: sql<number>`coalesce(${attempt.requiredFilled}, 0)`,
      requiredTotal: sql<number>`coalesce(${attempt.requiredTotal}, 0)`,
    })
    .from(attempt)
    .where(and(eq(attempt.candidateId, candidateId), attempt.counts));
  return found ?? null;
}

/** An attempt that was aborted meanwhile (the same key through two processes) gets its key back, unless it is in use. */
const commit = (db: Queries, manifest: Manifest, manifestSha256: string, counts: boolean) => {
  const { attempt: own, candidate, claimed, files, filling } = manifest;
  const word: Progress = { attemptId: own.id, state: 'received' };
  const column = <T>(values: readonly T[]) => sql.param(values);
  return db.execute(sql`
    with closed as (
      update attempt set
        state = 'complete', completed_at = ${manifest.completedAt}, counts = ${counts},
        room = ${claimed.room}, seat = ${claimed.seat},
        bytes = ${files.reduce((sum, file) => sum + file.bytes, 0)},
        manifest_sha256 = ${manifestSha256},
        receipt = ${JSON.stringify(manifest.receipt)}::jsonb,
        problems = ${JSON.stringify(manifest.problems)}::jsonb,
        required_filled = ${filling.requiredFilled}, required_total = ${filling.requiredTotal},
        idempotency_key = case
          when exists (
            select from attempt o
            where o.candidate_id = ${candidate.id} and o.idempotency_key = ${own.idempotencyKey} and o.id <> ${own.id}
          ) then idempotency_key else ${own.idempotencyKey} end
      where id = ${own.id} and state in ('receiving', 'aborted')
      returning id
    ), stored as (
      insert into attempt_file (attempt_id, path, bytes, sha256, position)
      select closed.id, file.path, file.bytes, file.sha256, file.position - 1
      from closed, unnest(
        ${column(files.map(({ path }) => path))}::text[],
        ${column(files.map(({ bytes }) => bytes))}::bigint[],
        ${column(files.map(({ sha256 }) => sha256))}::text[]
      ) with ordinality as file (path, bytes, sha256, position)
    ), replaced as (
      update attempt set counts = false
      where ${counts} and candidate_id = ${candidate.id} and counts and id <> ${own.id} and exists (select from closed)
    )
    select pg_notify(${progressChannel}, ${JSON.stringify(word)}) from closed`);
};

/** A candidate's attempts, newest first. */
export async function attemptsOf({ db }: Database, candidateId: string): Promise<AttemptRow[]> {
  return db.select().from(attempt).where(eq(attempt.candidateId, candidateId)).orderBy(desc(attempt.number));
}

/** Attempts that began and neither ended nor broke off: of living requests, or of a process that died. */
export async function receivingAttempts({ db }: Database): Promise<AttemptRow[]> {
  return db.select().from(attempt).where(eq(attempt.state, 'receiving'));
}
