import { type BreakdownItem, itemState } from '../../rubrics/breakdown.ts';
import type { Item } from '../../rubrics/paper-schema.ts';
import { type AuditAction, type AuditActor, type AuditEntry, record } from '../audit/audit.ts';
import type { Transaction } from '../database/database.ts';
import { isDuplicate } from '../database/database.ts';
import { notFound, Problem } from '../http/problem.ts';
import { refuseOther } from './allowed.ts';
import { changedMeanwhile, markShown } from './conflict.ts';
import { digestsOf } from './digests.ts';
import { type Judged, judge } from './judged.ts';
import type { ReviewParts } from './lines.ts';
import { itemsOf } from './merge.ts';
import {
  holdCandidate,
  insertMarks,
  lineOf,
  type MarkRow,
  type NewMark,
  newestMarks,
  putStanding,
  renewLease,
} from './queries.ts';
import type { Accept, Marked, PutMark } from './schema.ts';
import type { Work } from './work.ts';

/** Who marks: the account, and its name for the record. */
export interface Marker {
  readonly accountId: string;
  readonly actor: AuditActor;
}

/** What somebody wants an item to get, and the mark that stood there when he decided. */
export interface Wanted {
  readonly item: string;
  readonly points: number | null;
  readonly doubt: boolean;
  readonly comment: string;
  readonly seen: string | null;
}

/** A candidate's work with its marks, held until the transaction ends. */
interface Held {
  readonly candidateId: string;
  readonly work: Work;
  readonly marks: readonly MarkRow[];
  readonly before: Judged;
}

const noWork = (): Problem => notFound('此作品的初评结果');

/**
 * Puts one mark. Whatever stood there before stays in the history.
 * @throws Problem 404; 409 `changed-meanwhile` with the mark in force when it is not the one that was seen; 422 for
 *   points that the item does not allow, and for an item that is the invigilator's
 */
export async function putMark(
  parts: ReviewParts,
  marker: Marker,
  candidateId: string,
  itemId: string,
  wanted: PutMark,
): Promise<Marked> {
  return marking(parts, marker, candidateId, (held) => {
    refuseProcess(itemIn(held.work, itemId));
    return [{ item: itemId, ...wanted }];
  });
}

/**
 * Accepts what the machine proposed for items of a criterion that wait for a nod: all, or none.
 * @throws Problem 404; 409 `changed-meanwhile` with every item that somebody marked since; 422 naming each item that
 *   has nothing to accept
 */
export async function acceptCriterion(
  parts: ReviewParts,
  marker: Marker,
  candidateId: string,
  criterion: string,
  { items }: Accept,
): Promise<Marked> {
  return marking(parts, marker, candidateId, ({ work, before, marks }) => {
    refuseUnseen(items, marks, marker.accountId, before);
    const shown = new Map(itemsOf(before.breakdown).map((item) => [item.id, item]));
    const errors = items.flatMap(({ item }) => {
      const why = refusal(criterion, itemIn(work, item), shown.get(item));
      return why ? [{ where: item, message: why }] : [];
    });
    if (errors.length > 0)
      throw new Problem(422, 'nothing-to-accept', '有评分点没有可接受的初评分，未接受任何一项。', { errors });
    return items.map(({ item, seen }) => {
      const points = shown.get(item)?.proposed ?? null;
      return { item, points, doubt: false, comment: '', seen };
    });
  });
}

function refusal(criterion: string, item: Item, shown: BreakdownItem | undefined): string | null {
  if (item.criterion !== criterion) return `不属于评分要点 ${criterion}`;
  if (!shown || itemState(shown) !== 'suggested') return '此项没有待确认的初评分';
  return null;
}

/** Runs a decision on held work: conflicts are found, marks recorded, the standing and the audit log follow; all or none. */
async function marking(
  parts: ReviewParts,
  marker: Marker,
  candidateId: string,
  decide: (held: Held) => Wanted[],
): Promise<Marked> {
  const { database, works } = parts;
  const seen = await lineOf(database.db, candidateId);
  if (!seen) throw noWork();
  // Read before anything is held: it never changes, and it is large.
  const work = await works.of(seen);
  return database.transaction(async (tx) => {
    await holdCandidate(tx, candidateId);
    const now = await lineOf(tx, candidateId);
    if (now?.resultId !== work.resultId)
      throw new Problem(409, 'result-changed', '此作品的初评结果刚刚更新，请重新打开后再评分。');
    const marks = await newestMarks(tx, [candidateId]);
    const held: Held = { candidateId, work, marks, before: judge(work, marks) };
    const wanted = decide(held);
    refuseUnseen(wanted, marks, marker.accountId, held.before);
    const rows = await putMarks(tx, held, marker, wanted);
    await renewLease(tx, candidateId, marker.accountId);
    const after = judge(work, newest(marks, rows));
    await putStanding(tx, candidateId, work.resultId, after.standing);
    await record(tx, marker.actor, ...told('mark.put', rows));
    return markedShown(held.before, after, rows, marker.accountId);
  });
}

/** @throws Problem 409 with the mark in force of every item whose newest mark is not the one that was seen */
export function refuseUnseen(
  wanted: readonly { item: string; seen: string | null }[],
  marks: readonly MarkRow[],
  me: string,
  { holding }: Pick<Judged, 'holding'>,
): void {
  const conflicts = wanted.flatMap(({ item, seen }) => {
    const current = marks.find(({ itemId }) => itemId === item);
    if ((current?.id ?? null) === seen) return [];
    return [{ item, current: current ? markShown(current, me, holding.has(item)) : null }];
  });
  if (conflicts.length > 0) throw changedMeanwhile(conflicts);
}

async function putMarks(
  tx: Transaction,
  { candidateId, work, marks, before }: Held,
  { accountId }: Marker,
  wanted: readonly Wanted[],
): Promise<MarkRow[]> {
  const recorded = new Map(itemsOf(work.recorded).map((item) => [item.id, item]));
  const shown = new Map(itemsOf(before.breakdown).map((item) => [item.id, item]));
  const rows = wanted.map((one) => {
    const item = itemIn(work, one.item);
    if (one.points !== null) refuseOther(item, one.points, shown.get(item.id)?.proposed ?? null);
    const digests = digestsOf(item, recorded.get(item.id), work.files);
    return {
      ...revisionAfter(marks, candidateId, one),
      marker: accountId,
      kind: 'examiner' as const,
      attemptId: work.attemptId,
      rubricVersion: work.recorded.rubricVersion,
      ruleDigest: digests.rule,
      evidenceDigest: digests.evidence,
    };
  });
  return insertRevisions(tx, rows);
}

/** A mark's place in its item's history, and what it says. */
export function revisionAfter(marks: readonly MarkRow[], candidateId: string, wanted: Wanted) {
  const { item: itemId, points, doubt, comment } = wanted;
  const previous = marks.find((one) => one.itemId === itemId);
  return {
    candidateId,
    itemId,
    revision: (previous?.revision ?? 0) + 1,
    previousMarkId: previous?.id ?? null,
    points,
    doubt,
    comment,
  };
}

/** Marks of one candidate are put one after the other; the constraint stands behind that, whoever forgets to hold. */
export async function insertRevisions(tx: Transaction, rows: readonly NewMark[]): Promise<MarkRow[]> {
  try {
    return await insertMarks(tx, rows);
  } catch (error) {
    if (isDuplicate(error, 'mark_revision')) throw changedMeanwhile([]);
    throw error;
  }
}

/** One line of the audit log per mark. */
export const told = (action: AuditAction, rows: readonly MarkRow[]): AuditEntry[] =>
  rows.map(({ id, candidateId, itemId, revision, points, doubt, comment }) => ({
    action,
    subject: { candidate: candidateId, item: itemId, mark: id },
    detail: { revision, points, doubt, comment },
  }));

/** The newest mark of each item once `added` are there too. */
export function newest(marks: readonly MarkRow[], added: readonly MarkRow[]): MarkRow[] {
  const replaced = new Set(added.map(({ itemId }) => itemId));
  return [...marks.filter(({ itemId }) => !replaced.has(itemId)), ...added];
}

function itemIn({ paper }: Work, id: string): Item {
  const item = paper.items.find((one) => one.id === id);
  if (!item) throw notFound(`评分点“${id}”`);
  return item;
}

function refuseProcess(item: Item): void {
  if (item.by !== 'process') return;
  throw new Problem(422, 'process-item', `“${item.text}”是过程考核项，由监考员评定。`);
}

function markedShown(before: Judged, after: Judged, rows: readonly MarkRow[], me: string): Marked {
  const { state, itemsOpen, doubts } = after.standing;
  const old = new Map(itemsOf(before.breakdown).map((item) => [item.id, JSON.stringify(item)]));
  return {
    marks: rows.map((row) => markShown(row, me, after.holding.has(row.itemId))),
    state,
    itemsOpen,
    doubts,
    total: after.breakdown.total,
    criteria: after.breakdown.criteria.map(({ id, settled, suggested }) => ({ id, settled, suggested })),
    changed: itemsOf(after.breakdown).filter((item) => JSON.stringify(item) !== old.get(item.id)),
  };
}
