import { and, eq } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { candidate, exam, examPaper, examSession } from '../database/schema/exams.ts';
import { rubricMaterial, rubricVersion } from '../database/schema/rubrics.ts';
import type { ExamRecord, RubricRecord } from './records.ts';

/**
 * Brings a rubric version back from its record. One that is there stays as it is, but for a draft that was published
 * since.
 * @returns whether anything was missing
 */
export async function restoreRubric(database: Database, record: RubricRecord): Promise<boolean> {
  return database.transaction(async (tx) => {
    const added = await insertDraft(tx, record);
    const published = record.publishedAt !== null && (await publishAsBefore(tx, record, record.publishedAt));
    return added || published;
  });
}

/** As a draft, because a guard refuses 素材 for what is published. */
async function insertDraft(tx: Transaction, record: RubricRecord): Promise<boolean> {
  const { id, title, content, author, reason, materials } = record;
  const row = {
    id,
    paperId: content.id,
    title,
    module: content.module,
    content,
    taskText: content.taskText,
    author,
    reason,
    createdAt: new Date(record.createdAt),
  };
  const added = await tx
    .insert(rubricVersion)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: rubricVersion.id });
  if (added.length > 0 && materials.length > 0)
    await tx.insert(rubricMaterial).values(materials.map((one) => ({ versionId: id, ...one })));
  return added.length > 0;
}

async function publishAsBefore(
  tx: Transaction,
  { id, number }: RubricRecord,
  publishedAt: string,
): Promise<boolean> {
  const published = await tx
    .update(rubricVersion)
    .set({ state: 'published', number, publishedAt: new Date(publishedAt) })
    .where(and(eq(rubricVersion.id, id), eq(rubricVersion.state, 'draft')))
    .returning({ id: rubricVersion.id });
  return published.length > 0;
}

/** Rows in one statement: 12 columns each, well below PostgreSQL's 65,535 parameters. */
const batch = 500;

/**
 * Brings an exam back from its record, with sessions, pinned papers and candidates. What is there stays as it is;
 * what an older database lacks is added.
 */
export async function restoreExam(
  database: Database,
  record: ExamRecord,
): Promise<{ added: boolean; candidates: number }> {
  const examId = record.exam.id;
  return database.transaction(async (tx) => {
    const row = { ...record.exam, createdAt: new Date(record.exam.createdAt) };
    const added = await tx.insert(exam).values(row).onConflictDoNothing().returning({ id: exam.id });
    const sessions = record.sessions.map((one) => ({
      ...one,
      examId,
      startsAt: new Date(one.startsAt),
      endsAt: new Date(one.endsAt),
    }));
    await tx.insert(examSession).values(sessions).onConflictDoNothing();
    const papers = record.papers.map((one) => ({ examId, ...one }));
    await tx.insert(examPaper).values(papers).onConflictDoNothing();
    return { added: added.length > 0, candidates: await restoreCandidates(tx, record) };
  });
}

async function restoreCandidates(tx: Transaction, { exam, candidates }: ExamRecord): Promise<number> {
  let count = 0;
  for (let start = 0; start < candidates.length; start += batch) {
    const rows = candidates
      .slice(start, start + batch)
      .map((one) => ({ ...one, examId: exam.id, createdAt: new Date(one.createdAt) }));
    const added = await tx
      .insert(candidate)
      .values(rows)
      .onConflictDoNothing({ target: candidate.id })
      .returning({ id: candidate.id });
    count += added.length;
  }
  return count;
}
