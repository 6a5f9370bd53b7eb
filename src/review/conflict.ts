import { Problem } from '../http/problem.ts';
import type { MarkRow } from './queries.ts';
import type { ChangedMeanwhile, Mark } from './schema.ts';

/** A mark as people see it. @param me who looks @param holds whether it decides its item */
export const markShown = (row: MarkRow, me: string, holds: boolean): Mark => ({
  id: row.id,
  item: row.itemId,
  round: row.round,
  revision: row.revision,
  kind: row.kind,
  points: row.points,
  doubt: row.doubt,
  comment: row.comment,
  by: row.markerName,
  mine: row.marker === me,
  at: row.createdAt.toISOString(),
  holds,
});

/** Somebody else was quicker: both marks are shown side by side, none is overwritten. */
export function changedMeanwhile(conflicts: ChangedMeanwhile['conflicts']): Problem {
  const [first] = conflicts;
  const who = first?.current ? `${first.current.by}已` : '已有人';
  const title = `${who}评定此项，您的评分没有保存：请对照两者后再决定。`;
  return new Problem(409, 'changed-meanwhile', title, {
    errors: [],
    extra: { current: first?.current ?? null, conflicts },
  });
}
