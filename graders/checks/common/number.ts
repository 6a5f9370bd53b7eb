import type { Outcome } from '../../../rubrics/outcome.ts';
import { parseExact } from '../../../rubrics/points.ts';
import { type CheckInput, defineCheck, type OwnAnswer, unknown } from '../../check.ts';
import type { AnswerFact } from '../../facts/schema.ts';
import { type Choice, choose } from './number/choose.ts';
import { type Found, find, nothingFound, ownAnswers, quoteOf } from './number/found.ts';
import { type Climb, climbLadder, ownValue } from './number/ladder.ts';
import { faultsOf } from './number/overlap.ts';
import { displayed, type NumberParameters, numberParameters } from './number/parameters.ts';
import { reasons } from './number/reasons.ts';
import { numberEvidence, verdictOn } from './number/verdict.ts';

type Input = CheckInput<NumberParameters>;

function search(input: Input): { found: Found; choice: Choice } {
  const found = find(input, input.parameters, (fact) => !fact.input && fact.value !== null);
  return { found, choice: choose(found.bound.facts, input.parameters) };
}

const climbOf = (input: Input, choice: Extract<Choice, { kind: 'one' }>): Climb => ({
  fact: choice.fact,
  parameters: input.parameters,
  key: parseExact(input.parameters.value),
  answerTo: input.answerTo,
});

/** Words at the very place of the answer that hold digits or numerals: something was answered, nobody could read it. */
function wordsOnly(input: Input, key: string): Outcome | null {
  const { bound } = find(input, input.parameters, (fact) => fact.value === null);
  const fact = bound.facts.find(({ text }) => /[\d一二两三四五六七八九十百千万]/.test(text));
  if (fact === undefined || !bound.sure) return null;
  return unknown('only-words', { answer: fact.text, key }, { evidence: [quoteOf(fact)] });
}

/** Rungs that are no accident when a number reaches them under another label. */
const telling = new Set<string>(['exact', 'known', 'carried', 'tolerance']);

/** Numbers under other labels that would earn points here: 售价＝70.70 may be the 成本加成价 that was asked. */
function elsewhere(input: Input): AnswerFact[] {
  return ownAnswers(input, input.parameters.slots).filter((fact) => {
    if (fact.value === null) return false;
    const rung = climbLadder(climbOf(input, { kind: 'one', fact }));
    return telling.has(rung.rule) && !parseExact(rung.share).equals(0);
  });
}

function judge(input: Input): Outcome {
  const { parameters } = input;
  const key = displayed(parseExact(parameters.value), parameters);
  const { found, choice } = search(input);
  if (choice.kind === 'one') return verdictOn(climbOf(input, choice), found.bound.sure);
  if (choice.kind === 'several') {
    const answers = choice.facts.map(({ text }) => text).join('、');
    const evidence = choice.facts.map((fact) => numberEvidence(fact, key, 'several answers'));
    return unknown('several-answers', { answers, key }, { evidence });
  }
  return (
    wordsOnly(input, key) ?? nothingFound(input, parameters, found.copied, elsewhere(input).map(quoteOf))
  );
}

/**
 * A number that was asked, in any notation, by the ladder: exact at the asked decimals, known misconceptions, error
 * carried forward, tolerance, rounding of intermediate results, fewer decimals, a slip of the percent sign, right
 * working with wrong arithmetic. Everything it compares with stands in the paper.
 */
export const number = defineCheck({
  id: 'number',
  version: 1,
  summary: {
    zh: '按标签找到考生的数值答案，与标准答案精确比较，并识别常见错误和连带错误',
    en: 'Finds the number that answers an item by its labels and judges it exactly, with known mistakes and errors carried forward',
  },
  parameters: numberParameters,
  example: {
    labels: ['成交转化率', '转化率'],
    not: ['点击转化率'],
    value: '186/6200',
    display: 'percent',
    unit: '%',
    decimals: 2,
    tolerance: '0.0001',
    formula: 'buyers/visitors',
    inputs: { buyers: '186', visitors: { item: 'ops-5.uv', value: '6200' } },
    known: [{ value: '210/6200', share: '1/2', why: '用订单数代替成交客户数' }],
  },
  reads: ['answers', 'documents', 'files'],
  reasons,
  slots: ({ slots }) => slots,
  items: ({ inputs, twin }) => [
    ...Object.values(inputs).flatMap((input) => (typeof input === 'string' ? [] : [input.item])),
    ...(twin === undefined ? [] : [twin.item]),
  ],
  refuse: faultsOf,
  judge,
  answer(input): OwnAnswer {
    const { choice } = search(input);
    if (choice.kind !== 'one') return null;
    // Not the ladder's carried rule: an own answer must not depend on answers that may depend on it.
    const value = ownValue({ ...climbOf(input, choice), answerTo: () => null });
    return value === null ? null : { value, quote: choice.fact.text };
  },
});
