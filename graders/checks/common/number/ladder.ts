import Fraction from 'fraction.js';
import { formatExact, parseExact } from '../../../../rubrics/points.ts';
import type { AnswerFact } from '../../../facts/schema.ts';
import { type Carried, carriedValues } from './carried.ts';
import { hasFewerPlaces, isCoarser, isExactly, isWithin, type Reading, readingsFor } from './match.ts';
import { askedPlaces, displayed, type NumberParameters, type Rule, rules } from './parameters.ts';
import { roundTo } from './rounding.ts';

/** What a rule says: the share it gives, the reason's code and values, and whether a human must look. */
export interface Rung {
  rule: Rule | 'none' | 'swapped';
  share: string;
  code: string;
  values: Record<string, string>;
  review: boolean;
  reading: Reading | null;
}

export interface Climb {
  fact: AnswerFact;
  parameters: NumberParameters;
  key: Fraction;
  answerTo: (itemId: string) => { value: string; quote: string } | null;
}

/** Shares of domain practice for what no misconception explains; the paper's `known` goes before them. */
const FEWER_DECIMALS = '4/5';
const PERCENT_SLIP = '1/10';
const WRONG_ARITHMETIC = '1/2';

type Judge = (climb: Climb, reading: Reading) => Omit<Rung, 'reading' | 'rule'> | null;

const full = (code: string, values: Record<string, string> = {}) => ({
  share: '1',
  code,
  values,
  review: false,
});

function known({ parameters, key }: Climb, reading: Reading): ReturnType<Judge> {
  const candidates = parameters.known
    .map((entry) => ({ entry, value: parseExact(entry.value) }))
    .filter(({ value }) => {
      if (isExactly(reading, value, { ...parameters, rounding: 'half-up' })) return true;
      if (reading.places !== null && roundTo(value, reading.places, 'half-up').equals(reading.value)) {
        // What is also the key with fewer decimals is no misconception yet.
        return !reading.value.equals(0) && !isCoarser(reading, key, parameters);
      }
      return isWithin(reading, value, parameters.tolerance) && !isWithin(reading, key, parameters.tolerance);
    })
    .sort((a, b) => a.value.sub(reading.value).abs().compare(b.value.sub(reading.value).abs()));
  const [nearest] = candidates;
  if (nearest === undefined) return null;
  const { entry } = nearest;
  return { share: entry.share, code: 'known-mistake', values: { why: entry.why }, review: entry.review };
}

function matchesCarried(carried: Carried, reading: Reading, parameters: NumberParameters): boolean {
  return (
    isExactly(reading, carried.value, parameters) ||
    isWithin(reading, carried.value, parameters.tolerance) ||
    isWithin(reading, carried.value, parameters.intermediate)
  );
}

function carried({ parameters, key, answerTo }: Climb, reading: Reading): ReturnType<Judge> {
  const match = carriedValues(parameters, answerTo).find(
    (each) => !each.value.equals(key) && matchesCarried(each, reading, parameters),
  );
  if (match === undefined) return null;
  const values = { items: match.items.join('、'), carried: displayed(match.value, parameters) };
  return full('carried-forward', values);
}

const hundred = new Fraction(100);

function slip({ parameters, key }: Climb, reading: Reading): ReturnType<Judge> {
  if (parameters.display !== 'percent' && parameters.display !== 'ratio') return null;
  const off = [reading.value.mul(hundred), reading.value.div(hundred)].some(
    (value) => !value.equals(0) && isExactly({ ...reading, value, places: null }, key, parameters),
  );
  return off ? { share: PERCENT_SLIP, code: 'percent-slip', values: {}, review: true } : null;
}

/** Exact value of the written working, also when `×100` stands for `×100%`. */
function workedValues(fact: AnswerFact, parameters: NumberParameters): Fraction[] {
  if (fact.process === null || fact.process.value === null) return [];
  const value = parseExact(fact.process.value);
  return parameters.display === 'percent' ? [value, value.div(hundred)] : [value];
}

/** Worked out exactly, a value may still need the asked rounding: 12000÷34.55 is 348 pieces. */
function isKey(value: Fraction, { parameters, key }: Climb): boolean {
  const places = askedPlaces(parameters);
  if (places === null) return value.equals(key);
  const round = (exact: Fraction): Fraction => roundTo(exact, places, parameters.rounding);
  return round(value).equals(round(key));
}

function process(climb: Climb): ReturnType<Judge> {
  const { fact, parameters } = climb;
  if (!workedValues(fact, parameters).some((value) => isKey(value, climb))) return null;
  const values = { process: fact.process?.text ?? '' };
  return { share: WRONG_ARITHMETIC, code: 'wrong-arithmetic', values, review: true };
}

const judges: Readonly<Record<Rule, Judge>> = {
  exact: ({ parameters, key }, reading) => (isExactly(reading, key, parameters) ? full('right') : null),
  known,
  carried,
  tolerance: ({ parameters, key }, reading) =>
    isWithin(reading, key, parameters.tolerance) ? full('within-tolerance') : null,
  intermediate: ({ parameters, key }, reading) =>
    // Fewer decimals are not what rounding on the way leaves behind: 31.1% is its own rung.
    !hasFewerPlaces(reading, parameters) && isWithin(reading, key, parameters.intermediate)
      ? full('intermediate-rounding')
      : null,
  decimals: ({ parameters, key }, reading) =>
    isCoarser(reading, key, parameters)
      ? { share: FEWER_DECIMALS, code: 'fewer-decimals', values: {}, review: false }
      : null,
  slip,
  process,
};

/** Swapped with its twin: this label holds the twin's key, the twin's label this key (A26). */
function swapped(climb: Climb, readings: readonly Reading[]): Rung | null {
  const { parameters, key, answerTo } = climb;
  const { twin } = parameters;
  const other = twin === undefined ? null : answerTo(twin.item);
  if (twin === undefined || other === null || parseExact(twin.value).equals(key)) return null;
  const reading = readings.find((each) => isExactly(each, parseExact(twin.value), parameters));
  const theirs = { value: parseExact(other.value), places: null, supplied: false, other: false };
  if (reading === undefined || !isExactly(theirs, key, parameters)) return null;
  return {
    rule: 'swapped',
    share: '0',
    code: 'maybe-swapped',
    values: { item: twin.item },
    review: true,
    reading,
  };
}

/** An order the paper wrote, without words it must not hold; what it leaves out is tried last. */
const orderOf = (parameters: NumberParameters): readonly Rule[] => {
  const named = rules.filter((rule) => parameters.order?.includes(rule));
  const written = (parameters.order ?? []).flatMap((word) => named.filter((rule) => rule === word));
  return parameters.order === undefined
    ? rules
    : [...written, ...(written.includes('process') ? [] : ['process' as const])];
};

/**
 * The first rung that fits, over every reading of the answer. Right answers are looked for before the swap, everything
 * else after it; `none` when no rule fits.
 */
export function climbLadder(climb: Climb): Rung {
  const readings = readingsFor(climb.fact, climb.parameters);
  const order = orderOf(climb.parameters);
  const isRight = readings.some((reading) => isExactly(reading, climb.key, climb.parameters));
  const swap = isRight ? null : swapped(climb, readings);
  if (swap !== null) return swap;
  for (const rule of order) {
    for (const reading of readings) {
      const rung = judges[rule](climb, reading);
      if (rung !== null) return { rule, ...rung, reading };
    }
  }
  return { rule: 'none', share: '0', code: 'wrong', values: {}, review: false, reading: null };
}

/** A16: the working that stands before a right number gives another one. */
export function processDisagrees(climb: Climb, reading: Reading): boolean {
  const worked = workedValues(climb.fact, climb.parameters);
  if (worked.length === 0) return false;
  const near = (value: Fraction): boolean =>
    isKey(value, climb) ||
    isWithin(
      { ...reading, value },
      reading.value,
      climb.parameters.intermediate ?? climb.parameters.tolerance,
    ) ||
    isExactly(reading, value, climb.parameters);
  return !worked.some(near);
}

/** The candidate's value as later items should take it, exact. */
export function ownValue(climb: Climb): string | null {
  const rung = climbLadder(climb);
  const readings = readingsFor(climb.fact, climb.parameters);
  // A percentage without its sign: beyond 1 it can only mean hundredths.
  const guess = readings.find((reading) => !reading.supplied && reading.value.abs().lte(1)) ?? readings[0];
  const reading = rung.reading !== null && rung.rule !== 'slip' ? rung.reading : guess;
  return reading === undefined ? null : formatExact(reading.value);
}
