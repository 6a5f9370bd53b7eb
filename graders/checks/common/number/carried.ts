import type Fraction from 'fraction.js';
import { parseExact } from '../../../../rubrics/points.ts';
import { type Formula, parseFormula } from './formula.ts';
import { keyInputs, type NumberParameters } from './parameters.ts';

/** An input that is the answer to another item, when the candidate's own differs from the key. */
interface OwnInput {
  name: string;
  item: string;
  value: Fraction;
}

/** What the formula gives with some of the candidate's own answers. */
export interface Carried {
  value: Fraction;
  items: string[];
}

type AnswerTo = (itemId: string) => { value: string; quote: string } | null;

function ownInputs(parameters: NumberParameters, formula: Formula, answerTo: AnswerTo): OwnInput[] {
  return Object.entries(parameters.inputs).flatMap(([name, input]) => {
    if (typeof input === 'string' || !formula.names.has(name)) return [];
    const own = answerTo(input.item);
    if (own === null) return [];
    const value = parseExact(own.value);
    return value.equals(parseExact(input.value)) ? [] : [{ name, item: input.item, value }];
  });
}

/** More differing inputs than this are not combined; all of them together is what a candidate does. */
const MOST_INPUTS = 6;

/**
 * Error carried forward: the formula with every combination of the candidate's own earlier answers, all of them first.
 * Only answers that can be seen in the submission count; a division by zero gives nothing.
 */
export function carriedValues(parameters: NumberParameters, answerTo: AnswerTo): Carried[] {
  if (parameters.formula === undefined) return [];
  const formula = parseFormula(parameters.formula);
  const own = ownInputs(parameters, formula, answerTo).slice(0, MOST_INPUTS);
  const found: Carried[] = [];
  for (let mask = 2 ** own.length - 1; mask > 0; mask -= 1) {
    const used = own.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1);
    const inputs = keyInputs(parameters);
    for (const { name, value } of used) inputs.set(name, value);
    const value = formula.valueOf(inputs);
    if (value !== null) found.push({ value, items: used.map(({ item }) => item) });
  }
  return found;
}
