import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { moduleSchema, paperSchema } from '../../rubrics/paper-schema.ts';
import type { Queries } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { candidate, exam, examPaper, examSession } from '../database/schema/exams.ts';
import { rubricMaterial, rubricVersion } from '../database/schema/rubrics.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';

/** Reserved folders among the manifests; ids of exams never begin with an underscore. */
export const recordFolders = { rubrics: '_rubrics', exams: '_exams' } as const;

const instant = z.iso.datetime();

/** A rubric version as it stood when it was written down: as a draft, and once more when published. */
export const rubricRecordSchema = z.object({
  kind: z.literal('rubric'),
  revision: z.string(),
  id: z.string(),
  title: z.string(),
  state: z.enum(['draft', 'published']),
  number: z.number().int().nullable(),
  content: paperSchema,
  author: z.string(),
  reason: z.string(),
  createdAt: instant,
  publishedAt: instant.nullable(),
  materials: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int() })),
});
export type RubricRecord = z.infer<typeof rubricRecordSchema>;

/** A whole exam as it stood after a change; of several records of one exam the newest is true. */
export const examRecordSchema = z.object({
  kind: z.literal('exam'),
  revision: z.string(),
  exam: z.object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['draft', 'open', 'closed']),
    createdAt: instant,
    createdBy: z.string(),
  }),
  sessions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      startsAt: instant,
      endsAt: instant,
      graceSeconds: z.number().int(),
    }),
  ),
  papers: z.array(z.object({ paperId: z.string(), versionId: z.string() })),
  candidates: z.array(
    z.object({
      id: z.string(),
      sessionId: z.string(),
      ticket: z.string(),
      name: z.string(),
      module: moduleSchema,
      paperId: z.string(),
      room: z.string(),
      seat: z.string(),
      pinHash: z.string(),
      blindNumber: z.number().int(),
      createdAt: instant,
    }),
  ),
});
export type ExamRecord = z.infer<typeof examRecordSchema>;

/**
 * Writes a rubric version down beside the hand-ins, so that they can be brought back and graded without the database.
 * Called inside the transaction that changes it: a record may be ahead of the database, never behind.
 */
export async function recordRubric(tx: Queries, manifests: ManifestStore, versionId: string): Promise<void> {
  const [row] = await tx.select().from(rubricVersion).where(eq(rubricVersion.id, versionId));
  if (!row) throw new Error(`rubric version ${versionId} vanished while it was written down`);
  const materials = await tx
    .select({ path: rubricMaterial.path, sha256: rubricMaterial.sha256, bytes: rubricMaterial.bytes })
    .from(rubricMaterial)
    .where(eq(rubricMaterial.versionId, versionId))
    .orderBy(asc(rubricMaterial.path));
  const revision = newId('rev');
  const record: RubricRecord = {
    kind: 'rubric',
    revision,
    id: row.id,
    title: row.title,
    state: row.state,
    number: row.number,
    content: paperSchema.parse(row.content),
    author: row.author,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    materials,
  };
  await manifests.write(recordFolders.rubrics, `${row.id}-${revision}`, record);
}

/** Writes an exam down with its sessions, pinned papers and candidates (PINs as hashes), as `recordRubric` does. */
export async function recordExam(tx: Queries, manifests: ManifestStore, examId: string): Promise<void> {
  const [row] = await tx.select().from(exam).where(eq(exam.id, examId));
  if (!row) throw new Error(`exam ${examId} vanished while it was written down`);
  const sessions = await tx
    .select()
    .from(examSession)
    .where(eq(examSession.examId, examId))
    .orderBy(asc(examSession.id));
  const papers = await tx
    .select()
    .from(examPaper)
    .where(eq(examPaper.examId, examId))
    .orderBy(asc(examPaper.paperId));
  const candidates = await tx
    .select()
    .from(candidate)
    .where(eq(candidate.examId, examId))
    .orderBy(asc(candidate.id));
  const revision = newId('rev');
  const record: ExamRecord = {
    kind: 'exam',
    revision,
    exam: { ...row, createdAt: row.createdAt.toISOString() },
    sessions: sessions.map(({ examId: _, ...session }) => ({
      ...session,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
    })),
    papers: papers.map(({ paperId, versionId }) => ({ paperId, versionId })),
    candidates: candidates.map(({ examId: _, ...one }) => ({
      ...one,
      module: moduleSchema.parse(one.module),
      createdAt: one.createdAt.toISOString(),
    })),
  };
  await manifests.write(recordFolders.exams, `${examId}-${revision}`, record);
}
