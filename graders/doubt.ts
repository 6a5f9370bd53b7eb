import type { Outcome } from '../rubrics/outcome.ts';
import { unknown } from './check.ts';
import type { Facts } from './facts/schema.ts';
import type { SlotTable } from './slots.ts';

/** Problems that hide content from a search: what is behind them was never looked at. */
const hiding = /encrypted|truncated|bomb|traversal|unsupported|shortcut|link/;

/**
 * The last word on a loss. Points taken for something not found stand only on a complete search: where part of the
 * submission could not be read, or nothing that the paper asks for was handed in although something was (the work
 * of another paper?), the item goes to a human instead. One of five pictures missing is such a loss too.
 */
export function doubtZero(outcome: Outcome, facts: Facts, slots: SlotTable): Outcome {
  const lost = outcome.outcome === 'fail' || outcome.outcome === 'partial';
  const notFound = lost && outcome.evidence.some(({ kind }) => kind === 'absent');
  if (!notFound) return outcome;
  const { evidence } = outcome;
  // A damaged picture hides nothing but itself: the checks of its slot say what becomes of it.
  const pictures = new Set(facts.images.map(({ path }) => path));
  const hidden = facts.problems.find(({ code, path }) => hiding.test(code) && !pictures.has(path));
  if (hidden)
    return unknown('search-incomplete', { problem: `${hidden.path}：${hidden.message}` }, { evidence });
  return isOtherWork(facts, slots) ? unknown('other-work', {}, { evidence }) : outcome;
}

function isOtherWork(facts: Facts, slots: SlotTable): boolean {
  const handedIn = facts.files.some((file) => file.bytes > 0 && file.junk === null);
  return handedIn && slots.size > 0 && [...slots.values()].every(({ state }) => state === 'absent');
}
