import { moduleSchema } from '../../rubrics/paper-schema.ts';
import { withoutIdentity } from '../access/anonymous.ts';
import { identityOf } from '../exams/candidate-identity.ts';
import { notFound } from '../http/problem.ts';
import { allowedFor } from './allowed.ts';
import { markShown } from './conflict.ts';
import type { Exhibits, Shown } from './exhibits.ts';
import { judge } from './judged.ts';
import type { ReviewParts } from './lines.ts';
import { type LineRow, lineOf, marksOfItem, newestMarks, offerStanding } from './queries.ts';
import type { Mark, Review } from './schema.ts';
import type { Work } from './work.ts';

export interface SubmissionParts extends ReviewParts {
  readonly exhibits: Exhibits;
}

/** All that the marking room shows of one submission. Looking takes no lease. @throws Problem 404 */
export async function reviewOf(parts: SubmissionParts, candidateId: string, me: string): Promise<Review> {
  const { database, works, exhibits } = parts;
  const { row, work } = await openWork(parts, candidateId);
  const [marks, shown, materials, identity] = await Promise.all([
    newestMarks(database.db, [candidateId]),
    exhibits.of(work),
    works.materials(row.version).then((stored) => exhibits.typed(stored)),
    identityOf(database, candidateId),
  ]);
  const { breakdown, holding, standing } = judge(work, marks);
  if (!row.standing) await offerStanding(database.db, candidateId, row.resultId, standing);
  const byItem = new Map(marks.map((one) => [one.itemId, one]));
  const { settled, suggested, awarded, state, itemsOpen, doubts } = standing;
  const review: Review = {
    candidateId,
    attemptId: row.attemptId,
    blindNumber: row.blindNumber,
    exam: row.exam,
    paper: row.paper,
    module: moduleSchema.parse(row.module),
    state,
    itemsOpen,
    doubts,
    lease: row.lease && { mine: row.lease.accountId === me, until: row.lease.expiresAt.toISOString() },
    settled,
    suggested,
    awarded,
    attempt: row.attempt,
    receivedAt: row.receivedAt.toISOString(),
    paperTitle: work.paper.title,
    task: work.paper.taskText,
    rubricVersion: row.version,
    breakdown,
    items: work.paper.items.map((item) => {
      const mark = byItem.get(item.id);
      const allowed = allowedFor(item);
      return {
        id: item.id,
        allowed,
        hint: item.hint,
        mark: mark ? markShown(mark, me, holding.has(item.id)) : null,
      };
    }),
    files: shown.files.map(({ location: _, ...file }) => file),
    materials,
    problems: [...shown.problems],
  };
  return withoutIdentity(review, identity);
}

/** @throws Problem 404 when the candidate has no graded submission */
async function openWork(
  { database, works }: ReviewParts,
  candidateId: string,
): Promise<{ row: LineRow; work: Work }> {
  const row = await lineOf(database.db, candidateId);
  if (!row) throw notFound('此作品');
  return { row, work: await works.of(row) };
}

/** Every mark an item ever had, newest first. @throws Problem 404 */
export async function historyOf(
  parts: ReviewParts,
  candidateId: string,
  itemId: string,
  me: string,
): Promise<Mark[]> {
  const { database } = parts;
  const { work } = await openWork(parts, candidateId);
  const { holding } = judge(work, await newestMarks(database.db, [candidateId]));
  const rows = await marksOfItem(database.db, candidateId, itemId);
  return rows.map((row, index) => markShown(row, me, index === 0 && holding.has(itemId)));
}

/** The files of a submission. @throws Problem 404 */
export async function filesOf(parts: SubmissionParts, candidateId: string): Promise<Shown['files']> {
  const { work } = await openWork(parts, candidateId);
  const { files } = await parts.exhibits.of(work);
  const identity = await identityOf(parts.database, candidateId);
  return files.map((file) => ({ ...file, path: withoutIdentity(file.path, identity) }));
}

/** One 素材 of the paper, by its path. @throws Problem 404 */
export async function materialOf(parts: SubmissionParts, candidateId: string, path: string) {
  const row = await lineOf(parts.database.db, candidateId);
  const stored = row && (await parts.works.materials(row.version)).find((one) => one.path === path);
  if (!stored) throw notFound(`素材“${path}”`);
  const [typed] = await parts.exhibits.typed([stored]);
  if (!typed) throw notFound(`素材“${path}”`);
  return typed;
}
