import {
  type Breakdown,
  type BreakdownCriterion,
  type BreakdownItem,
  type ItemState,
  itemState,
} from './breakdown.ts';
import type { Outcome } from './outcome.ts';
import type { Paper } from './paper-schema.ts';
import { type Fraction, pointsNumber, sumOf } from './points.ts';
import { chargeOnce } from './scoring/causes.ts';
import { applyModifiers } from './scoring/modifiers.ts';
import { isUnconfirmed, pointsOf, type Standing, standingsOf, type Wording } from './scoring/standing.ts';

/** What a breakdown says beside the points, and how an outcome is worded for the examiner. */
export interface ScoreContext
  extends Pick<Breakdown, 'submission' | 'attempt' | 'rubricVersion' | 'graderVersion' | 'factsDigest'> {
  readonly wording: Wording;
}

const nobody: ReadonlyMap<string, string> = new Map();

/**
 * The provisional score of one attempt: pure arithmetic, the same input gives the same bytes of JSON.
 *
 * - An item's points × share are rounded once, half-up to 0.01; all totals are sums of those (case F7).
 * - One root cause, one deduction: see `chargeOnce`. Contest rules: see `applyModifiers`.
 * - An `auto` item stands unless its outcome asks for a review; then, like `suggest`, it waits for a nod.
 * - Unknown, not run, not yet marked: pending, never zero. `awarded` is null as long as anything is pending or
 *   unconfirmed (case F9). A criterion that the paper does not examine does not appear (case F3).
 * - A mark settles its item whatever the machine said; what the machine said stays beside it (case F5).
 *
 * @param marks points that humans decided, by item id, as decimals with at most two places
 * @throws RangeError for outcomes or marks that do not belong to the paper, or marks beyond an item's points
 */
export function score(
  paper: Paper,
  outcomes: ReadonlyMap<string, Outcome>,
  context: ScoreContext,
  marks: ReadonlyMap<string, string> = nobody,
): Breakdown {
  const standings = applyModifiers(
    paper,
    chargeOnce(paper, standingsOf(paper, outcomes, marks, context.wording)),
  );
  const scored = [...standings.values()].map(scoredItem);
  const { submission, attempt, rubricVersion, graderVersion, factsDigest } = context;
  return {
    submission,
    attempt,
    paper: paper.id,
    rubricVersion,
    graderVersion,
    factsDigest,
    total: totalOf(scored),
    criteria: [...new Set(paper.items.map(({ criterion }) => criterion))].map((id) =>
      criterionOf(id, scored),
    ),
  };
}

interface Scored {
  readonly criterion: string;
  readonly state: ItemState;
  readonly possible: Fraction;
  /** Null exactly while the item is pending. */
  readonly points: Fraction | null;
  readonly shown: BreakdownItem;
}

function scoredItem(standing: Standing): Scored {
  const { item, possible } = standing;
  const shown = shownItem(standing);
  return { criterion: item.criterion, state: itemState(shown), possible, points: pointsOf(standing), shown };
}

function shownItem(standing: Standing): BreakdownItem {
  const { item, outcome, possible, mark, excused, sentences } = standing;
  const proposed = pointsOf({ ...standing, mark: null });
  return {
    id: item.id,
    text: item.text,
    possible: pointsNumber(possible),
    by: isUnconfirmed(standing) ? 'suggest' : item.by,
    outcome: outcome?.outcome ?? null,
    share: outcome?.share ?? null,
    proposed: proposed === null ? null : pointsNumber(proposed),
    final: mark === null ? null : pointsNumber(mark),
    reason: outcome === null ? null : { ...outcome.reason, text: sentences.join('；') },
    confidence: outcome?.confidence ?? null,
    cause: outcome?.cause ?? null,
    excused,
    evidence: outcome?.evidence ?? [],
  };
}

const pointsIn = (scored: readonly Scored[], state: ItemState): Fraction =>
  sumOf(scored.flatMap((one) => (one.state === state && one.points !== null ? [one.points] : [])));

const possibleIn = (scored: readonly Scored[], state: ItemState): number =>
  pointsNumber(sumOf(scored.flatMap((one) => (one.state === state ? [one.possible] : []))));

function totalOf(scored: readonly Scored[]): Breakdown['total'] {
  const settled = pointsNumber(pointsIn(scored, 'settled'));
  return {
    possible: pointsNumber(sumOf(scored.map(({ possible }) => possible))),
    settled,
    suggested: pointsNumber(pointsIn(scored, 'suggested')),
    pending: {
      examiner: possibleIn(scored, 'examiner'),
      process: possibleIn(scored, 'process'),
      unknown: possibleIn(scored, 'unknown'),
    },
    awarded: scored.every(({ state }) => state === 'settled') ? settled : null,
  };
}

function criterionOf(id: string, all: readonly Scored[]): BreakdownCriterion {
  const scored = all.filter(({ criterion }) => criterion === id);
  return {
    id,
    possible: pointsNumber(sumOf(scored.map(({ possible }) => possible))),
    settled: pointsNumber(pointsIn(scored, 'settled')),
    suggested: pointsNumber(pointsIn(scored, 'suggested')),
    items: scored.map(({ shown }) => shown),
  };
}
