import Fraction from 'fraction.js';
import { exactSchema, type Outcome } from '../outcome.ts';
import type { Item, Paper } from '../paper-schema.ts';
import { parseExact, parsePoints, pointsFor } from '../points.ts';
import { sentence } from './sentences.ts';

/** One item on its way from what its check said to the points it gets. */
export interface Standing {
  readonly item: Item;
  readonly possible: Fraction;
  /** What the check said; null for an item that only a human judges. */
  readonly outcome: Outcome | null;
  /** The sentences that an examiner reads: the check's, then those of the rubric's own rules. */
  readonly sentences: readonly string[];
  /** What a human decided; it settles the item whatever else is said here. */
  readonly mark: Fraction | null;
  /** The share that counts by now; null while only a human can say. */
  readonly share: Fraction | null;
  /** The points hang on another item that a human has yet to confirm. */
  readonly doubtful: boolean;
  /** The loss is charged to another item that has the same root cause. */
  readonly excused: boolean;
}

export type Standings = ReadonlyMap<string, Standing>;

/** Words an outcome for the examiner; handed in, because only the checks know their sentences. */
export type Wording = (item: Item, outcome: Outcome) => string;

export const one = new Fraction(1);

/**
 * Puts every item of the paper beside its outcome and its mark. A check that said nothing, or nothing that can
 * be scored, leaves an unknown with its reason: never a zero.
 * @throws RangeError for an outcome or a mark of an item that the paper does not have, and for a mark outside
 *   the item's points: scoring another paper's marks would lose them silently.
 */
export function standingsOf(
  paper: Paper,
  outcomes: ReadonlyMap<string, Outcome>,
  marks: ReadonlyMap<string, string>,
  wording: Wording,
): Standings {
  const ids = new Set(paper.items.map(({ id }) => id));
  const stranger = [...outcomes.keys(), ...marks.keys()].find((id) => !ids.has(id));
  if (stranger !== undefined) throw new RangeError(`paper ${paper.id} has no item ${stranger}`);
  return new Map(
    paper.items.map((item) => {
      const possible = parsePoints(item.points);
      const mark = allowed(item, possible, marks.get(item.id));
      const said = item.check === null ? human : scorable(item, outcomes.get(item.id), wording);
      const share =
        said.outcome === null || said.outcome.share === null ? null : parseExact(said.outcome.share);
      return [item.id, { item, possible, mark, share, doubtful: false, excused: false, ...said }];
    }),
  );
}

/** What the item has by now: a human's points, else those of its share, else null. */
export const pointsOf = ({ mark, share, possible }: Standing): Fraction | null =>
  mark ?? (share === null ? null : pointsFor(possible, share));

/** True for a machine's decision that a human has yet to confirm. */
export const isUnconfirmed = ({ mark, share, item, outcome, doubtful }: Standing): boolean =>
  mark === null && share !== null && (item.by !== 'auto' || doubtful || outcome?.review === true);

type Said = Pick<Standing, 'outcome' | 'sentences'>;

const human: Said = { outcome: null, sentences: [] };

function scorable(item: Item, outcome: Outcome | undefined, wording: Wording): Said {
  if (outcome === undefined) return { outcome: undecided('not-run', {}), sentences: [sentence('not-run')] };
  if (shareFits(outcome)) return { outcome, sentences: [wording(item, outcome)] };
  const share = String(outcome.share);
  return {
    outcome: { ...undecided('bad-share', { share }), evidence: outcome.evidence },
    sentences: [sentence('bad-share', { share })],
  };
}

/** An outcome has a share from 0 to 1, exactly when it is not unknown. */
function shareFits({ outcome, share }: Outcome): boolean {
  if (share === null || outcome === 'unknown') return share === null && outcome === 'unknown';
  if (!exactSchema.safeParse(share).success) return false;
  const value = parseExact(share);
  return value.gte(0) && value.lte(1);
}

const undecided = (code: string, values: Outcome['reason']['values']): Outcome => ({
  outcome: 'unknown',
  share: null,
  reason: { code, values },
  confidence: 0,
  cause: null,
  review: false,
  evidence: [],
});

function allowed(item: Item, possible: Fraction, mark: string | undefined): Fraction | null {
  if (mark === undefined) return null;
  const points = parsePoints(mark);
  if (points.gt(possible))
    throw new RangeError(`a mark of ${mark} for item ${item.id}, which has ${item.points} points`);
  return points;
}
