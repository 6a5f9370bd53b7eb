import { type Breakdown, type BreakdownItem, itemState } from '../../rubrics/breakdown.ts';
import type { Item, Paper } from '../../rubrics/paper-schema.ts';
import { decimal, isAllowed } from './allowed.ts';
import { digestsOf } from './digests.ts';
import { itemsOf, mergeMarks } from './merge.ts';
import type { ReviewState } from './schema.ts';

/** The newest mark on an item, as far as its effect goes. */
export interface Decision {
  readonly itemId: string;
  readonly kind: 'examiner' | 'invigilator';
  readonly points: number | null;
  readonly doubt: boolean;
  /** The version it was given under. */
  readonly rubricVersion: string;
  readonly ruleDigest: string;
  readonly evidenceDigest: string;
}

/** Work that a grader has judged: what marks are put on. */
export interface JudgedWork {
  readonly paper: Paper;
  /** The breakdown as recorded. */
  readonly recorded: Breakdown;
  /** SHA-256 of the files handed in. */
  readonly files: readonly string[];
}

export interface Standing {
  readonly state: ReviewState;
  readonly itemsOpen: number;
  readonly doubts: number;
  /** Possible points that wait for an examiner. */
  readonly reviewOpen: number;
  /** Items and possible points that wait for the invigilator. */
  readonly processItems: number;
  readonly processOpen: number;
  readonly possible: number;
  readonly settled: number;
  readonly suggested: number;
  readonly awarded: number | null;
}

export interface Judged {
  readonly breakdown: Breakdown;
  /** Items whose newest mark decides them, or would if it were not taken back. */
  readonly holding: ReadonlySet<string>;
  readonly standing: Standing;
}

/** What work and marks come to. Pure. @param decisions the newest mark of each item */
export function judge(work: JudgedWork, decisions: readonly Decision[]): Judged {
  const { paper, recorded } = work;
  const items = new Map(paper.items.map((item) => [item.id, item]));
  const shown = new Map(itemsOf(recorded).map((item) => [item.id, item]));
  const holds = (decision: Decision): boolean => {
    const item = items.get(decision.itemId);
    if (item === undefined || !sameBasis(decision, item, shown.get(item.id), work.files)) return false;
    // Under the version it was given for, its value was allowed when it was given.
    if (decision.points === null || decision.rubricVersion === recorded.rubricVersion) return true;
    return isAllowed(item, decision.points, shown.get(item.id)?.proposed ?? null);
  };
  const held = decisions.filter(holds);
  const marks = new Map(
    held.flatMap(({ itemId, points }) => (points === null ? [] : [[itemId, decimal(points)] as const])),
  );
  const breakdown = mergeMarks(paper, recorded, marks);
  return {
    breakdown,
    holding: new Set(held.map(({ itemId }) => itemId)),
    standing: standingOf(breakdown, decisions, held),
  };
}

/**
 * Whether item and finding are what the marker had before him. A mark outlives a new rubric or new graders while they
 * are and its value may still be given; otherwise its item alone is open again.
 */
function sameBasis(
  { ruleDigest, evidenceDigest }: Decision,
  item: Item,
  shown: BreakdownItem | undefined,
  files: readonly string[],
): boolean {
  const now = digestsOf(item, shown, files);
  return now.rule === ruleDigest && now.evidence === evidenceDigest;
}

const possibleOf = (items: readonly BreakdownItem[]): number =>
  items.reduce((sum, { possible }) => sum + Math.round(possible * 100), 0) / 100;

function standingOf(
  breakdown: Breakdown,
  decisions: readonly Decision[],
  held: readonly Decision[],
): Standing {
  const open = itemsOf(breakdown).filter((item) => itemState(item) !== 'settled');
  const process = open.filter((item) => itemState(item) === 'process');
  const review = open.filter((item) => itemState(item) !== 'process');
  const doubts = held.filter(({ doubt, kind }) => doubt && kind === 'examiner').length;
  const { possible, settled, suggested, awarded } = breakdown.total;
  const touched = decisions.some(
    ({ kind, points, doubt }) => kind === 'examiner' && (points !== null || doubt),
  );
  return {
    state: stateOf(doubts, review.length, touched),
    itemsOpen: review.length,
    doubts,
    reviewOpen: possibleOf(review),
    processItems: process.length,
    processOpen: possibleOf(process),
    possible,
    settled,
    suggested,
    awarded,
  };
}

function stateOf(doubts: number, open: number, touched: boolean): ReviewState {
  if (doubts > 0) return 'doubt';
  if (open === 0) return 'done';
  return touched ? 'started' : 'waiting';
}
