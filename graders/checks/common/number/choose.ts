import type { AnswerFact } from '../../../facts/schema.ts';
import { type Reading, readingsFor } from './match.ts';
import type { NumberParameters } from './parameters.ts';
import { roundTo } from './rounding.ts';

/** What the candidate answered: one number, several that differ, or none. */
export type Choice =
  | { kind: 'one'; fact: AnswerFact }
  | { kind: 'several'; facts: AnswerFact[] }
  | { kind: 'none' };

const finalWords = /最终|最后|结果|答案|答[:：]|综上|所以|因此|故/;

/** The end of a working is final for the collector; only words make it the one to take among several. */
const isLabelledFinal = (fact: AnswerFact): boolean =>
  fact.final &&
  (fact.process === null || [fact.label, ...fact.also, fact.text].some((text) => finalWords.test(text)));

const finest = (reading: Reading): number => reading.places ?? Number.POSITIVE_INFINITY;

/** The same value, or the same rounded to the decimals of the coarser one (31.08% and 约31%, or a cell that shows 31.08%). */
function sameReading(a: Reading, b: Reading, parameters: NumberParameters): boolean {
  if (a.value.equals(b.value)) return true;
  const rounds = (fine: Reading, { places, value }: Reading): boolean =>
    places !== null &&
    !value.equals(0) &&
    finest(fine) >= places &&
    (['half-up', parameters.rounding] as const).some((rounding) =>
      roundTo(fine.value, places, rounding).equals(value),
    );
  return rounds(a, b) || rounds(b, a);
}

const same = (a: AnswerFact, b: AnswerFact, parameters: NumberParameters): boolean =>
  readingsFor(a, parameters).some((left) =>
    readingsFor(b, parameters).some((right) => sameReading(left, right, parameters)),
  );

/** Groups of answers that say the same (A9: 3.00%（即0.03）is one answer). */
function groupsOf(facts: readonly AnswerFact[], parameters: NumberParameters): AnswerFact[][] {
  const groups: AnswerFact[][] = [];
  for (const fact of facts) {
    const group = groups.find((members) => members.every((member) => same(member, fact, parameters)));
    if (group === undefined) groups.push([fact]);
    else group.push(fact);
  }
  return groups;
}

const precision = (fact: AnswerFact, parameters: NumberParameters): number => {
  const [first] = readingsFor(fact, parameters);
  return first?.places ?? -1;
};

/** Of equal answers the one to judge: the labelled result, else the most precise; the rounded one where rounding is asked. */
function representative(group: readonly AnswerFact[], parameters: NumberParameters): AnswerFact | undefined {
  const labelled = group.filter(isLabelledFinal);
  const [first, ...rest] = labelled.length > 0 ? labelled : group;
  const coarse = parameters.rounding === 'up' || parameters.rounding === 'down';
  return rest.reduce((best, fact) => {
    const finer = precision(fact, parameters) - precision(best ?? fact, parameters);
    return (coarse ? finer < 0 : finer > 0) ||
      (finer === 0 && fact.process !== null && best?.process === null)
      ? fact
      : best;
  }, first);
}

/** 128×3＝384元，不足500元，按500元计算: another value behind the working, in the same place, may be the answer. */
function isOvertaken(group: readonly AnswerFact[], answers: readonly AnswerFact[]): boolean {
  const last = answers.findLast((fact) => group.includes(fact));
  const behind = last === undefined ? [] : answers.slice(answers.indexOf(last) + 1);
  return behind.some(({ file, where }) => file === last?.file && where === last.where);
}

/**
 * Chooses among everything that stands under the item's label. Several different values: the last that is labelled
 * final, else the only end of a working; otherwise nobody guesses. Two answers offered as alternatives
 * (3.00%或3.39%, A10) are never chosen between.
 */
export function choose(facts: readonly AnswerFact[], parameters: NumberParameters): Choice {
  const answers = facts.filter((fact) => !fact.input && fact.value !== null);
  const groups = groupsOf(answers, parameters);
  const pick = (group: readonly AnswerFact[] | undefined): Choice => {
    const fact = group === undefined ? undefined : representative(group, parameters);
    return fact === undefined ? { kind: 'none' } : { kind: 'one', fact };
  };
  if (groups.length <= 1) return pick(groups[0]);
  const several: Choice = { kind: 'several', facts: groups.flatMap((group) => group.slice(0, 1)) };
  if (answers.some((fact) => fact.unclear === 'alternative')) return several;
  const labelled = answers.findLast(isLabelledFinal);
  if (labelled !== undefined) return { kind: 'one', fact: labelled };
  const worked = groups.filter((group) => group.some((fact) => fact.final));
  return worked.length === 1 && !isOvertaken(worked[0] ?? [], answers) ? pick(worked[0]) : several;
}
