import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { attempt, upload } from '../database/schema/intake.ts';
import type { ReceivedFile } from './receive-files.ts';

export type UploadRow = typeof upload.$inferSelect;

/** The declared files of an attempt, by path. */
export async function uploadsOf({ db }: Pick<Database, 'db'>, attemptId: string): Promise<UploadRow[]> {
  return db.select().from(upload).where(eq(upload.attemptId, attemptId)).orderBy(asc(upload.path));
}

/** A candidate's own upload; null for an unknown one and for another's. */
export async function ownUpload(
  { db }: Database,
  candidateId: string,
  id: string,
): Promise<UploadRow | null> {
  const [found] = await db
    .select()
    .from(upload)
    .where(and(eq(upload.id, id), eq(upload.candidateId, candidateId)));
  return found ?? null;
}

/** A declared file of an attempt that still receives; null when nothing of the kind was declared by this candidate. */
export async function declaredUpload(
  { db }: Database,
  candidateId: string,
  file: { attemptId: string; path: string; sha256: string },
): Promise<UploadRow | null> {
  const [found] = await db
    .select({ upload })
    .from(upload)
    .innerJoin(attempt, eq(attempt.id, upload.attemptId))
    .where(
      and(
        eq(upload.attemptId, file.attemptId),
        eq(upload.candidateId, candidateId),
        eq(upload.path, file.path),
        eq(upload.declaredSha256, file.sha256),
        eq(attempt.state, 'receiving'),
      ),
    );
  return found?.upload ?? null;
}

/** Writes down what an attempt is to consist of, once: of two requests with one key the first decides. */
export async function declareUploads(
  database: Database,
  { attemptId, candidateId }: { attemptId: string; candidateId: string },
  files: readonly ReceivedFile[],
): Promise<UploadRow[]> {
  return database.transaction(async (tx) => {
    await tx.select({ id: attempt.id }).from(attempt).where(eq(attempt.id, attemptId)).for('update');
    const declared = await uploadsOf({ db: tx }, attemptId);
    if (declared.length > 0) return declared;
    await tx.insert(upload).values(
      files.map(({ path, bytes, sha256 }) => ({
        id: newId('upl'),
        candidateId,
        attemptId,
        path,
        declaredSha256: sha256,
        length: bytes,
      })),
    );
    return uploadsOf({ db: tx }, attemptId);
  });
}

/** `offset` is `length` once all bytes came, also while they are still being checked; 0 when they were refused. */
export async function noteUpload(
  { db }: Database,
  id: string,
  state: { offset: number; completedAt?: Date },
): Promise<void> {
  await db.update(upload).set(state).where(eq(upload.id, id));
}

/** Attempts whose resumable upload began before a moment and was never completed. */
export async function staleAttempts({ db }: Database, before: Date): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: attempt.id })
    .from(attempt)
    .innerJoin(upload, eq(upload.attemptId, attempt.id))
    .where(and(eq(attempt.state, 'receiving'), lt(attempt.firstRequestAt, before)));
  return rows.map(({ id }) => id);
}

/** Ids of the uploads that are still expected. */
export async function openUploads({ db }: Database): Promise<Set<string>> {
  const rows = await db
    .select({ id: upload.id })
    .from(upload)
    .innerJoin(attempt, eq(attempt.id, upload.attemptId))
    .where(and(eq(attempt.state, 'receiving'), isNull(upload.completedAt)));
  return new Set(rows.map(({ id }) => id));
}

/** Forgets the uploads of attempts that ended: what they brought stands with the attempt. */
export async function forgetEndedUploads({ db }: Database, before: Date): Promise<void> {
  await db
    .delete(upload)
    .where(
      and(
        lt(upload.createdAt, before),
        sql`exists (select from ${attempt} where ${attempt.id} = ${upload.attemptId} and ${attempt.state} <> 'receiving')`,
      ),
    );
}
