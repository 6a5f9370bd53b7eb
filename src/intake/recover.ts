import { DrizzleQueryError } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { attempt } from '../database/schema/intake.ts';
import { restoreExam, restoreRubric } from '../exams/restore.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';
import { completeAttempt } from './complete.ts';
import type { Manifest } from './manifest.ts';
import { attemptById } from './queries.ts';
import { readWrittenDown, type Trouble, type WrittenAttempt, type WrittenDown } from './written-down.ts';

export interface RecoverParts {
  readonly database: Database;
  readonly manifests: ManifestStore;
  readonly blobs: BlobStore;
}

/** What was brought back now; what was there already is counted as `present` for hand-ins, else not at all. */
export interface Recovered {
  readonly rubrics: number;
  readonly exams: number;
  readonly candidates: number;
  readonly attempts: number;
  readonly present: number;
  /** Each thing that could not be brought back, or whose bytes are damaged or gone. */
  readonly problems: readonly Trouble[];
}

/**
 * Rebuilds rubrics, exams, candidates and hand-ins from what was written down beside the bytes, for the day the
 * database is lost. What is there already stays as it is: running it twice, or beside a running service, is safe.
 * Accounts are not written down: the next start makes a new administrator.
 * @param dryRun only read and verify
 * @param told called with the number of hand-ins looked at
 */
export async function recover(
  parts: RecoverParts,
  dryRun: boolean,
  told: (count: number) => void,
): Promise<Recovered> {
  const found = await readWrittenDown(parts.manifests);
  const problems = [...found.troubles, ...(await damages(parts.blobs, found, told))];
  const counts = { rubrics: 0, exams: 0, candidates: 0, attempts: 0, present: 0 };
  if (dryRun) return { ...counts, problems };

  /** One thing that cannot be brought back must not keep the others away. */
  const trying = async (where: string, restore: () => Promise<void>): Promise<void> => {
    try {
      await restore();
    } catch (error) {
      problems.push({ where, problem: reasonOf(error) });
    }
  };
  for (const record of found.rubrics.values()) {
    await trying(`rubric ${record.id}`, async () => {
      if (await restoreRubric(parts.database, record)) counts.rubrics += 1;
    });
  }
  for (const record of found.exams.values()) {
    await trying(`exam ${record.exam.id}`, async () => {
      const { added, candidates } = await restoreExam(parts.database, record);
      if (added) counts.exams += 1;
      counts.candidates += candidates;
    });
  }
  for (const one of found.attempts) {
    await trying(`attempt ${one.manifest.attempt.id}`, async () => {
      counts[(await restoreAttempt(parts.database, one)) ? 'attempts' : 'present'] += 1;
    });
  }
  return { ...counts, problems };
}

/** A failed query's own message holds all its parameters, PIN hashes among them; the server's says why. */
function reasonOf(error: unknown): string {
  const reason = error instanceof DrizzleQueryError ? error.cause : error;
  return reason instanceof Error ? reason.message : String(reason);
}

/** @returns whether it was missing, or not finished */
async function restoreAttempt(database: Database, { manifest, sha256 }: WrittenAttempt): Promise<boolean> {
  const { id, number, idempotencyKey } = manifest.attempt;
  const row = {
    id,
    number,
    idempotencyKey,
    candidateId: manifest.candidate.id,
    examId: manifest.exam.id,
    firstRequestAt: new Date(manifest.firstRequestAt),
  };
  // One target: PostgreSQL cannot look for conflicts with the deferrable rule that one attempt counts.
  await database.db.insert(attempt).values(row).onConflictDoNothing({ target: attempt.id });
  const present = await attemptById(database.db, id);
  if (present?.state === 'complete') return false;
  await completeAttempt(database, manifest, sha256);
  return true;
}

/** Every byte that is promised to somebody, or that papers are graded with, and is no longer as it was. */
async function damages(
  blobs: BlobStore,
  { attempts, rubrics }: WrittenDown,
  told: (count: number) => void,
): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  for (const { id, materials } of rubrics.values())
    troubles.push(...(await damageOf(blobs, `rubric ${id}`, materials)));
  for (const [index, { manifest }] of attempts.entries()) {
    troubles.push(...(await damageOf(blobs, `attempt ${manifest.attempt.id}`, manifest.files)));
    told(index + 1);
  }
  return troubles;
}

async function damageOf(
  blobs: BlobStore,
  whose: string,
  files: readonly Pick<Manifest['files'][number], 'path' | 'sha256'>[],
): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  for (const { path, sha256 } of files) {
    const state = await blobs.verify(sha256);
    if (state !== 'intact')
      troubles.push({ where: `${whose}: ${path}`, problem: `its bytes (${sha256}) are ${state}` });
  }
  return troubles;
}
