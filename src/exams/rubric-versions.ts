import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { loadPaper } from '../../rubrics/load-paper.ts';
import { type KnownCheck, type Paper, paperSchema } from '../../rubrics/paper-schema.ts';
import { versionId } from '../../rubrics/version.ts';
import { type AuditActor, commandOf, record, theService } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import { rubricMaterial, rubricVersion } from '../database/schema/rubrics.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { ExamParts } from './exams.ts';
import { recordRubric } from './records.ts';

export interface Imported {
  readonly version: string;
  readonly paper: string;
  /** False when exactly this content was imported before. */
  readonly added: boolean;
}

/**
 * Makes a draft version out of a paper folder; its id is the hash of paper, keys, task and material bytes, so
 * importing the same content twice changes nothing.
 * @throws PaperError with file, line and reason for everything that is wrong with the folder
 */
export async function importRubric(
  { database, blobs, manifests }: ExamParts & { blobs: BlobStore },
  folder: string,
  checks: ReadonlyMap<string, KnownCheck>,
  note: { author: string; reason: string },
  actor: AuditActor = commandOf(note.author),
): Promise<Imported> {
  const paper = loadPaper(folder, checks);
  const id = versionId(paper);
  for (const { path, sha256, bytes } of paper.materials) {
    await blobs.put(createReadStream(join(folder, 'materials', path)), {
      expectedSha256: sha256,
      maxBytes: bytes,
    });
  }
  const added = await database.transaction(async (tx) => {
    const row = {
      id,
      paperId: paper.id,
      title: paper.title,
      module: paper.module,
      content: paper,
      taskText: paper.taskText,
      ...note,
    };
    const inserted = await tx
      .insert(rubricVersion)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: rubricVersion.id });
    if (inserted.length > 0 && paper.materials.length > 0) {
      await tx
        .insert(rubricMaterial)
        .values(paper.materials.map((material) => ({ versionId: id, ...material })));
    }
    if (inserted.length === 0) return false;
    await recordRubric(tx, manifests, id);
    const detail = { paper: paper.id, reason: note.reason };
    await record(tx, actor, { action: 'rubric.import', subject: { version: id }, detail });
    return true;
  });
  return { version: id, paper: paper.id, added };
}

/**
 * Publishes a draft: from now on it is immutable and exams may pin it. Publishing twice is no error.
 * @returns its number among the paper's versions, from 1
 * @throws Problem 404
 */
export async function publishRubric(
  { database, manifests }: ExamParts,
  id: string,
  actor: AuditActor = theService,
): Promise<{ paper: string; number: number }> {
  return database.transaction(async (tx) => {
    const [found] = await tx.select().from(rubricVersion).where(eq(rubricVersion.id, id)).for('update');
    if (!found) throw notFound('此试题版本');
    if (found.number !== null) return { paper: found.paperId, number: found.number };
    // One publication of a paper at a time, or two drafts would take the same number.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`kaoping publish ${found.paperId}`}))`);
    const published = await tx.$count(
      rubricVersion,
      and(eq(rubricVersion.paperId, found.paperId), eq(rubricVersion.state, 'published')),
    );
    const number = published + 1;
    await tx
      .update(rubricVersion)
      .set({ state: 'published', number, publishedAt: new Date() })
      .where(eq(rubricVersion.id, id));
    await recordRubric(tx, manifests, id);
    const detail = { paper: found.paperId, number };
    await record(tx, actor, { action: 'rubric.publish', subject: { version: id }, detail });
    return { paper: found.paperId, number };
  });
}

/** The paper of a version, ready to grade with. @throws Problem 404 */
export async function paperOf({ db }: Database, id: string): Promise<Paper> {
  const [found] = await db
    .select({ content: rubricVersion.content })
    .from(rubricVersion)
    .where(eq(rubricVersion.id, id));
  if (!found) throw notFound('此试题版本');
  return paperSchema.parse(found.content);
}

/** The 素材 of a version: paths below materials/, with the hash of their blobs. */
export async function materialsOf({ db }: Database, id: string) {
  return db
    .select({ path: rubricMaterial.path, sha256: rubricMaterial.sha256, bytes: rubricMaterial.bytes })
    .from(rubricMaterial)
    .where(eq(rubricMaterial.versionId, id))
    .orderBy(asc(rubricMaterial.path));
}

const summary = {
  id: rubricVersion.id,
  paper: rubricVersion.paperId,
  title: rubricVersion.title,
  module: rubricVersion.module,
  state: rubricVersion.state,
  number: rubricVersion.number,
  author: rubricVersion.author,
  reason: rubricVersion.reason,
  createdAt: rubricVersion.createdAt,
  publishedAt: rubricVersion.publishedAt,
};

/** Where a version stands in lists, newest first: by its moment, and by its id where two share one. */
export const versionOrder = ({ createdAt, id }: { createdAt: Date; id: string }): string =>
  `${createdAt.toISOString()} ${id}`;

function olderThan(order: string) {
  const [moment = '', id = ''] = order.split(' ');
  if (Number.isNaN(Date.parse(moment)))
    throw new Problem(400, 'invalid-cursor', '翻页标记无效，请从第一页重新开始。');
  return sql`(${rubricVersion.createdAt}, ${rubricVersion.id}) < (${moment}::timestamptz, ${id})`;
}

/**
 * Versions, newest first; of one paper when it is given.
 * @param after `versionOrder` of the last one seen
 * @throws Problem 400 when `after` is nothing of the kind
 */
export async function listVersions(
  { db }: Database,
  { paper, after, limit }: { paper?: string | undefined; after: string | null; limit: number },
) {
  return db
    .select(summary)
    .from(rubricVersion)
    .where(
      and(
        paper ? eq(rubricVersion.paperId, paper) : undefined,
        after === null ? undefined : olderThan(after),
      ),
    )
    .orderBy(desc(rubricVersion.createdAt), desc(rubricVersion.id))
    .limit(limit);
}

/** The version of a paper that was published last; null when none was. */
export async function newestPublished(
  { db }: Database,
  paper: string,
): Promise<{ id: string; module: string } | null> {
  const [found] = await db
    .select({ id: rubricVersion.id, module: rubricVersion.module })
    .from(rubricVersion)
    .where(and(eq(rubricVersion.paperId, paper), eq(rubricVersion.state, 'published')))
    .orderBy(desc(rubricVersion.number))
    .limit(1);
  return found ?? null;
}
