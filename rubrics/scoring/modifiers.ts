import Fraction from 'fraction.js';
import type { Modifier, Paper } from '../paper-schema.ts';
import { parseExact } from '../points.ts';
import { sentence } from './sentences.ts';
import { isUnconfirmed, type Standing, type Standings } from './standing.ts';

/**
 * Contest rules that halve, zero or cap items, in the order written. They act on the exact share, before the
 * item's points are rounded, so that each item is still rounded once; a human's mark is never touched. What
 * hangs on an undecided or unconfirmed item is only suggested.
 */
export function applyModifiers(paper: Paper, standings: Standings): Standings {
  const now = new Map(standings);
  for (const modifier of paper.modifiers) {
    // Conditions look at verdicts, which no modifier changes: the order of rules matters for points only.
    const condition = modifier.when === undefined ? undefined : standings.get(modifier.when.item);
    for (const id of modifier.items) {
      const standing = now.get(id);
      if (standing !== undefined) now.set(id, modify(standing, modifier, condition));
    }
  }
  return now;
}

function modify(standing: Standing, modifier: Modifier, condition: Standing | undefined): Standing {
  if (standing.share === null) return standing;
  const share = lowered(standing.share, modifier);
  if (share.equals(standing.share)) return standing;
  if (modifier.when === undefined || condition === undefined)
    return say(standing, { share }, sentence('limit'));
  const item = condition.item.text;
  const verdict = verdictOf(condition);
  const unsure = verdict === null || isUnconfirmed(condition);
  const fulfilled = verdict !== null && modifier.when.outcome.includes(verdict);
  const doubted = unsure ? say(standing, { doubtful: true }, sentence('modifier-waits', { item })) : standing;
  return fulfilled ? say(doubted, { share }, sentence(modifier.effect, { item })) : doubted;
}

const say = (standing: Standing, change: Partial<Standing>, text: string): Standing => ({
  ...standing,
  ...change,
  sentences: [...standing.sentences, text],
});

function lowered(share: Fraction, modifier: Modifier): Fraction {
  if (modifier.effect === 'halve') return share.div(2);
  if (modifier.effect === 'zero') return new Fraction(0);
  const limit = parseExact(modifier.at);
  return share.gt(limit) ? limit : share;
}

/** A condition's verdict: a human's points speak before the check, an excused item counts as passed. */
function verdictOf({
  mark,
  possible,
  excused,
  share,
  outcome,
}: Standing): 'pass' | 'partial' | 'fail' | null {
  if (mark !== null) return mark.gte(possible) ? 'pass' : mark.equals(0) ? 'fail' : 'partial';
  if (excused) return 'pass';
  if (share === null || outcome === null || outcome.outcome === 'unknown') return null;
  return outcome.outcome;
}
