import { type Breakdown, type BreakdownItem, itemState } from '../../rubrics/breakdown.ts';
import type { Outcome } from '../../rubrics/outcome.ts';
import type { Item, Paper } from '../../rubrics/paper-schema.ts';
import { score } from '../../rubrics/score.ts';

export const itemsOf = ({ criteria }: Breakdown): BreakdownItem[] => criteria.flatMap(({ items }) => items);

/**
 * The recorded breakdown with what humans decided: scored anew from what the checks said, so that one decision reaches
 * the items that hang on it (causes, modifiers). Pure; without marks it is the recorded breakdown again.
 * @param marks points in force by item id, decimals with at most two places
 * @throws RangeError for a mark that the item cannot have
 */
export function mergeMarks(paper: Paper, recorded: Breakdown, marks: ReadonlyMap<string, string>): Breakdown {
  const shown = new Map(itemsOf(recorded).map((item) => [item.id, item]));
  const outcomes = new Map(
    paper.items.flatMap((item) => {
      const outcome = outcomeOf(item, shown.get(item.id));
      return outcome ? [[item.id, outcome] as const] : [];
    }),
  );
  const words = ownWords(paper, recorded, outcomes);
  return score(paper, outcomes, { ...recorded, wording: ({ id }) => words.get(id) ?? '' }, marks);
}

/**
 * What the check said, read back from the breakdown. An `auto` item that was shown as a suggestion keeps waiting for a
 * nod of its own, even if it only hung on another one: one nod too many is safe, one too few is not.
 */
export function outcomeOf(item: Item, shown: BreakdownItem | undefined): Outcome | null {
  if (!shown || shown.outcome === null || shown.reason === null) return null;
  const { outcome, share, confidence, cause, evidence } = shown;
  const { code, values } = shown.reason;
  const review = item.by === 'auto' && itemState({ ...shown, final: null }) === 'suggested';
  return { outcome, share, reason: { code, values }, confidence: confidence ?? 0, cause, review, evidence };
}

/**
 * The check's own sentence of each item: the recorded text less what the rubric's rules had added to it. The words stay
 * those of the day it was graded, whatever a newer version would say.
 */
function ownWords(paper: Paper, recorded: Breakdown, outcomes: ReadonlyMap<string, Outcome>) {
  const bare = score(paper, outcomes, { ...recorded, wording: () => '' });
  const added = new Map(itemsOf(bare).map(({ id, reason }) => [id, reason?.text ?? '']));
  return new Map(
    itemsOf(recorded).map(({ id, reason }) => {
      const text = reason?.text ?? '';
      const suffix = added.get(id) ?? '';
      return [id, text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text];
    }),
  );
}
