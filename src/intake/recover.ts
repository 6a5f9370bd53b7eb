import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { candidate, exam, examPaper, examSession } from '../database/schema/exams.ts';
import { attempt } from '../database/schema/intake.ts';
import { rubricMaterial, rubricVersion } from '../database/schema/rubrics.ts';
import {
  type ExamRecord,
  examRecordSchema,
  type RubricRecord,
  recordFolders,
  rubricRecordSchema,
} from '../exams/records.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { completeAttempt } from './queries.ts';

export interface RecoverParts {
  readonly database: Database;
  readonly manifests: ManifestStore;
  readonly blobs: BlobStore;
}

export interface Recovered {
  readonly rubrics: number;
  readonly exams: number;
  readonly candidates: number;
  /** Hand-ins that were brought back now; those that were there already are not counted. */
  readonly attempts: number;
  readonly present: number;
  /** Each thing that could not be brought back, or whose bytes are damaged or gone. */
  readonly problems: readonly { where: string; problem: string }[];
}

interface Found {
  rubrics: Map<string, RubricRecord>;
  exams: Map<string, ExamRecord>;
  attempts: { manifest: Manifest; sha256: string }[];
  problems: { where: string; problem: string }[];
}

/** Of several records of one thing the newest is true; revisions are ids that sort by time. */
function keepNewest<T extends { revision: string }>(records: Map<string, T>, id: string, record: T): void {
  const known = records.get(id);
  if (!known || known.revision < record.revision) records.set(id, record);
}

async function readAll(manifests: ManifestStore): Promise<Found> {
  const found: Found = { rubrics: new Map(), exams: new Map(), attempts: [], problems: [] };
  for await (const one of manifests.list()) {
    if ('problem' in one) {
      found.problems.push({ where: one.location, problem: one.problem });
      continue;
    }
    try {
      if (one.examId === recordFolders.rubrics) {
        const record = rubricRecordSchema.parse(one.value);
        keepNewest(found.rubrics, record.id, record);
      } else if (one.examId === recordFolders.exams) {
        const record = examRecordSchema.parse(one.value);
        keepNewest(found.exams, record.exam.id, record);
      } else found.attempts.push({ manifest: manifestSchema.parse(one.value), sha256: one.sha256 });
    } catch (error) {
      found.problems.push({ where: one.location, problem: `is not what it should be: ${String(error)}` });
    }
  }
  // Attempts in the order of their numbers, so that which one counts is decided as it was.
  found.attempts.sort((a, b) => a.manifest.attempt.number - b.manifest.attempt.number);
  return found;
}

async function restoreRubric({ database }: RecoverParts, record: RubricRecord): Promise<boolean> {
  const { id, title, content, author, reason, materials } = record;
  return database.transaction(async (tx) => {
    const draft = {
      id,
      paperId: content.id,
      title,
      module: content.module,
      content,
      taskText: content.taskText,
      author,
      reason,
    };
    const added = await tx
      .insert(rubricVersion)
      .values({ ...draft, createdAt: new Date(record.createdAt) })
      .onConflictDoNothing()
      .returning({ id: rubricVersion.id });
    if (added.length === 0) return false;
    if (materials.length > 0)
      await tx.insert(rubricMaterial).values(materials.map((one) => ({ versionId: id, ...one })));
    if (record.publishedAt === null) return true;
    const published = {
      state: record.state,
      number: record.number,
      publishedAt: new Date(record.publishedAt),
    };
    await tx.update(rubricVersion).set(published).where(sql`${rubricVersion.id} = ${id}`);
    return true;
  });
}

/** @returns how many candidates were brought back; null when the exam was there already */
async function restoreExam({ database }: RecoverParts, record: ExamRecord): Promise<number | null> {
  const examId = record.exam.id;
  return database.transaction(async (tx) => {
    const row = { ...record.exam, createdAt: new Date(record.exam.createdAt) };
    const added = await tx.insert(exam).values(row).onConflictDoNothing().returning({ id: exam.id });
    if (added.length === 0) return null;
    const sessions = record.sessions.map((one) => ({
      ...one,
      examId,
      startsAt: new Date(one.startsAt),
      endsAt: new Date(one.endsAt),
    }));
    await tx.insert(examSession).values(sessions);
    await tx.insert(examPaper).values(record.papers.map((one) => ({ examId, ...one })));
    const candidates = record.candidates.map((one) => ({
      ...one,
      examId,
      createdAt: new Date(one.createdAt),
    }));
    for (let start = 0; start < candidates.length; start += 500)
      await tx.insert(candidate).values(candidates.slice(start, start + 500));
    return candidates.length;
  });
}

async function restoreAttempt(
  parts: RecoverParts,
  { manifest, sha256 }: Found['attempts'][number],
): Promise<boolean> {
  const { db } = parts.database;
  const row = {
    id: manifest.attempt.id,
    candidateId: manifest.candidate.id,
    examId: manifest.exam.id,
    number: manifest.attempt.number,
    idempotencyKey: manifest.attempt.idempotencyKey,
    firstRequestAt: new Date(manifest.firstRequestAt),
  };
  const added = await db.insert(attempt).values(row).onConflictDoNothing().returning({ id: attempt.id });
  const [present] = await db
    .select({ state: attempt.state })
    .from(attempt)
    .where(sql`${attempt.id} = ${row.id}`);
  if (!present) throw new Error('another attempt has its number or its key');
  if (present.state === 'complete') return false;
  await completeAttempt(parts.database, manifest, sha256);
  return added.length > 0 || present.state === 'receiving';
}

/** Bytes that a manifest promises and the store no longer has as they were. */
async function damageOf(
  { blobs }: RecoverParts,
  { files, attempt: { id } }: Manifest,
): Promise<Found['problems']> {
  const problems: Found['problems'] = [];
  for (const { path, sha256 } of files) {
    const state = await blobs.verify(sha256);
    if (state !== 'intact')
      problems.push({ where: `${id}: ${path}`, problem: `its bytes (${sha256}) are ${state}` });
  }
  return problems;
}

/**
 * Rebuilds rubrics, exams, candidates and hand-ins from what was written down beside the bytes, for the day the
 * database is lost. What is there already stays as it is: running it twice, or beside a running service, is safe.
 * @param dryRun only read and verify
 * @param told called with the number of hand-ins looked at
 */
export async function recover(
  parts: RecoverParts,
  dryRun: boolean,
  told: (count: number) => void,
): Promise<Recovered> {
  const found = await readAll(parts.manifests);
  const problems = [...found.problems];
  const counts = { rubrics: 0, exams: 0, candidates: 0, attempts: 0, present: 0 };
  const trying = async (where: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      problems.push({ where, problem: error instanceof Error ? error.message : String(error) });
    }
  };
  for (const record of dryRun ? [] : found.rubrics.values()) {
    await trying(`rubric ${record.id}`, async () => {
      if (await restoreRubric(parts, record)) counts.rubrics += 1;
    });
  }
  for (const record of dryRun ? [] : found.exams.values()) {
    await trying(`exam ${record.exam.id}`, async () => {
      const candidates = await restoreExam(parts, record);
      if (candidates === null) return;
      counts.exams += 1;
      counts.candidates += candidates;
    });
  }
  for (const [index, one] of found.attempts.entries()) {
    await trying(`attempt ${one.manifest.attempt.id}`, async () => {
      problems.push(...(await damageOf(parts, one.manifest)));
      if (dryRun) return;
      counts[(await restoreAttempt(parts, one)) ? 'attempts' : 'present'] += 1;
    });
    told(index + 1);
  }
  return { ...counts, problems };
}
