import Fraction from 'fraction.js';
import type { Evidence, Outcome } from '../../../../rubrics/outcome.ts';
import { formatExact, parseExact } from '../../../../rubrics/points.ts';
import { fail, partial, pass, unknown } from '../../../check.ts';
import type { AnswerFact } from '../../../facts/schema.ts';
import { type Climb, climbLadder, processDisagrees, type Rung } from './ladder.ts';
import { displayed } from './parameters.ts';

/** Shares that a right number keeps without its unit where that is scored, and without the working that was asked. */
const WITHOUT_UNIT = new Fraction(17, 20);
const WITHOUT_PROCESS = new Fraction(4, 5);

export const numberEvidence = (fact: AnswerFact, key: string, rule: string): Evidence => ({
  kind: 'number',
  path: fact.file,
  sha256: fact.sha256,
  where: fact.where,
  quote: fact.text,
  value: fact.value ?? '',
  unit: fact.unit,
  key,
  rule,
});

/** What is to be said of a right number besides that it is right. */
interface Remark {
  code: string;
  share: Fraction;
  review: boolean;
}

const one = new Fraction(1);
const money = new Set(['元']);
const rates = new Set(['%', '‰', '成', '折', 'ratio', '倍']);

const familyOf = (unit: string): string => {
  if (money.has(unit)) return 'money';
  if (unit === 'pp') return 'points';
  return rates.has(unit) ? 'rate' : 'count';
};

function unitRemark({ fact, parameters }: Climb): Remark | null {
  const { unit } = parameters;
  if (unit === undefined) return null;
  // 转化率（%） as the head of a column gives the unit for the whole column.
  const inLabel = [fact.label, ...fact.also].some((label) => label.normalize('NFKC').includes(`(${unit})`));
  if (fact.unit === null) {
    if (inLabel) return null;
    return { code: 'right-unit-missing', share: parameters.unitScored ? WITHOUT_UNIT : one, review: false };
  }
  if (familyOf(fact.unit) === familyOf(unit)) return null;
  const points = fact.unit === 'pp' && familyOf(unit) === 'rate';
  return points
    ? { code: 'right-points', share: one, review: false }
    : { code: 'unit-differs', share: one, review: true };
}

function processRemark(climb: Climb, rung: Rung): Remark | null {
  const { fact, parameters } = climb;
  if (parameters.process === 'asked' && fact.process === null) {
    return { code: 'process-missing', share: WITHOUT_PROCESS, review: false };
  }
  const disagrees = rung.rule !== 'carried' && rung.reading !== null && processDisagrees(climb, rung.reading);
  return disagrees ? { code: 'process-differs', share: one, review: true } : null;
}

/** A signed or grouped number read the way that fits is no doubt left; a letter among digits always is one. */
const staysUnclear = (fact: AnswerFact, rung: Rung): boolean =>
  rung.reading?.other === true || (fact.unclear !== null && fact.unclear !== 'two-readings');

function rightOutcome(
  climb: Climb,
  rung: Rung,
  values: Record<string, string>,
  evidence: Evidence[],
): Outcome {
  const { fact } = climb;
  const doubt: Remark | null = staysUnclear(fact, rung)
    ? { code: 'other-reading', share: one, review: true }
    : null;
  const remarks = [processRemark(climb, rung), doubt, unitRemark(climb)].filter((remark) => remark !== null);
  const share = remarks.reduce((product, remark) => product.mul(remark.share), one);
  const review = rung.review || remarks.some((remark) => remark.review);
  const said =
    remarks.find((remark) => remark.share.lt(1)) ?? remarks.find((remark) => remark.review) ?? remarks[0];
  const code =
    said === undefined || (rung.code !== 'right' && said.share.equals(1) && !said.review)
      ? rung.code
      : said.code;
  if (share.lt(1)) return partial(formatExact(share), code, values, { evidence, review });
  return pass(code, values, { evidence, review });
}

/** Turns the rung that was reached into the outcome: doubt about the writing or the label never becomes a zero. */
export function verdictOn(climb: Climb, sure: boolean): Outcome {
  const { fact, key, parameters } = climb;
  const rung = climbLadder(climb);
  const shownKey = displayed(key, parameters);
  const evidence = [numberEvidence(fact, shownKey, rung.rule === 'none' ? 'no rule' : rung.rule)];
  const values = {
    answer: fact.text,
    key: shownKey,
    label: fact.label,
    unit: parameters.unit ?? '',
    process: fact.process?.text ?? '',
    worked: fact.process?.value ?? '',
    ...rung.values,
  };
  if (rung.rule === 'none' && fact.unclear !== null) return unknown('unclear-number', values, { evidence });
  if (rung.rule === 'none' && !sure) return unknown('unsure-label', values, { evidence });
  const share = parseExact(rung.share);
  if (share.equals(1)) return rightOutcome(climb, rung, values, evidence);
  const review = rung.review || staysUnclear(fact, rung);
  if (share.equals(0)) return fail(rung.code, values, { evidence, review });
  return partial(rung.share, rung.code, values, { evidence, review });
}
