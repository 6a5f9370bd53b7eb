import type { Item } from '../../../rubrics/paper-schema.ts';
import { record } from '../../audit/audit.ts';
import type { Transaction } from '../../database/database.ts';
import { notFound, Problem } from '../../http/problem.ts';
import { refuseOther } from '../allowed.ts';
import { digestsOf } from '../digests.ts';
import { judge } from '../judged.ts';
import type { ReviewParts } from '../lines.ts';
import {
  insertRevisions,
  type Marker,
  newest,
  refuseUnseen,
  revisionAfter,
  told,
  type Wanted,
} from '../marking.ts';
import { holdCandidate, lineOf, type MarkRow, newestMarks, putStanding } from '../queries.ts';
import type { ProcessItem, PutProcess } from '../schema.ts';
import { processItemShown, seatsOf } from './room.ts';

/** Items as they count for `refuseUnseen`, which tells whether a mark decides its item: these always do. */
const holdingAll = (marks: readonly MarkRow[]) => ({ holding: new Set(marks.map(({ itemId }) => itemId)) });

/**
 * Puts an invigilator's mark. It needs no submission: what is judged happened at the seat.
 * @throws Problem 404; 409 `changed-meanwhile`; 422 `points-not-allowed`, `not-a-process-item`
 */
export async function putProcessMark(
  parts: ReviewParts,
  marker: Marker,
  at: { examId: string; candidateId: string; itemId: string },
  { points, comment, seen }: PutProcess,
): Promise<ProcessItem> {
  const version = await versionAt(parts, at.examId, at.candidateId);
  const paper = await parts.works.paper(version);
  const item = paper.items.find(({ id }) => id === at.itemId);
  if (!item) throw notFound(`评分点“${at.itemId}”`);
  if (item.by !== 'process')
    throw new Problem(422, 'not-a-process-item', `“${item.text}”不是过程考核项，由阅卷员评定。`);
  if (points !== null) refuseOther(item, points, null);
  return parts.database.transaction(async (tx) => {
    await holdCandidate(tx, at.candidateId);
    const marks = await newestMarks(tx, [at.candidateId]);
    refuseUnseen([{ item: item.id, seen }], marks, marker.accountId, holdingAll(marks));
    const wanted = { item: item.id, points, doubt: false, comment, seen };
    const rows = await putOn(tx, parts, marker, { candidateId: at.candidateId, version, marks }, [
      [item, wanted],
    ]);
    await record(tx, marker.actor, ...told('process.put', rows));
    return processItemShown(item, rows[0]);
  });
}

async function versionAt({ database }: ReviewParts, examId: string, candidateId: string): Promise<string> {
  const [seat] = await seatsOf(database.db, examId, candidateId);
  if (!seat) throw notFound('此考生');
  return seat.version;
}

/**
 * Records process marks on a candidate that the caller holds, and what his work comes to with them. Allowed values and
 * conflicts are the caller's to refuse.
 */
export async function putOn(
  tx: Transaction,
  parts: ReviewParts,
  { accountId }: Marker,
  seat: { candidateId: string; version: string; marks: readonly MarkRow[] },
  wanted: readonly (readonly [Item, Wanted])[],
): Promise<MarkRow[]> {
  const { candidateId, version, marks } = seat;
  const rows = await insertRevisions(
    tx,
    wanted.map(([item, one]) => {
      const { rule, evidence } = digestsOf(item, undefined, []);
      return {
        ...revisionAfter(marks, candidateId, one),
        marker: accountId,
        kind: 'invigilator' as const,
        attemptId: null,
        rubricVersion: version,
        ruleDigest: rule,
        evidenceDigest: evidence,
      };
    }),
  );
  const line = await lineOf(tx, candidateId);
  if (line) {
    const { standing } = judge(await parts.works.of(line), newest(marks, rows));
    await putStanding(tx, candidateId, line.resultId, standing);
  }
  return rows;
}
