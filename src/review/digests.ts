import type { BreakdownItem } from '../../rubrics/breakdown.ts';
import type { Item } from '../../rubrics/paper-schema.ts';
import { evidenceDigest, ruleDigest } from '../../rubrics/version.ts';
import { outcomeOf } from './merge.ts';

/** What a mark is pinned to. While both are the same, the mark holds. */
export interface Digests {
  readonly rule: string;
  readonly evidence: string;
}

/** Items live as long as their paper is kept, and a mark needs one digest of each. */
const rules = new WeakMap<Item, string>();

function ruleOf(item: Item): string {
  const known = rules.get(item) ?? ruleDigest(item);
  rules.set(item, known);
  return known;
}

/**
 * The rule of an item and what was found under it: for a check's item its outcome, for the examiner's own the files of
 * the work, for an invigilator's nothing, since it is judged at the seat.
 * @param files SHA-256 of the files of the work
 */
export function digestsOf(item: Item, shown: BreakdownItem | undefined, files: readonly string[]): Digests {
  const outcome = item.check === null ? null : outcomeOf(item, shown);
  const looked = item.check === null && item.by !== 'process' ? files : [];
  return { rule: ruleOf(item), evidence: evidenceDigest(outcome, looked) };
}
