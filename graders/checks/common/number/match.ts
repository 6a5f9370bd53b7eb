import type Fraction from 'fraction.js';
import { parseExact } from '../../../../rubrics/points.ts';
import type { AnswerFact } from '../../../facts/schema.ts';
import { askedPlaces, type NumberParameters } from './parameters.ts';
import { roundTo } from './rounding.ts';

/** One way to understand what was written. */
export interface Reading {
  value: Fraction;
  /** Places as written, of the value as a plain number; null when nobody wrote any (一半, a stored value). */
  places: number | null;
  /** The percent sign is missing and was supplied. */
  supplied: boolean;
  /** The other reading of an unclear text. */
  other: boolean;
}

const unitPlaces: Readonly<Record<string, number>> = { '%': 2, pp: 2, '‰': 3 };

function readingsOf(fact: AnswerFact, text: string, other: boolean, parameters: NumberParameters): Reading[] {
  const value = parseExact(text);
  const places = fact.decimals === null || other ? null : fact.decimals + (unitPlaces[fact.unit ?? ''] ?? 0);
  const plain = { value, places, supplied: false, other };
  if (parameters.display !== 'percent' || fact.unit !== null) return [plain];
  // 3.25 under 转化率(%) is 3.25 %; 0.0325 is the ratio itself. Whichever fits the key decides.
  const supplied = {
    value: value.div(100),
    places: places === null ? null : places + 2,
    supplied: true,
    other,
  };
  return [supplied, plain];
}

/** Every way to read an answer, the likeliest first. Empty when it is words only. */
export function readingsFor(fact: AnswerFact, parameters: NumberParameters): Reading[] {
  if (fact.value === null) return [];
  const readings = readingsOf(fact, fact.value, false, parameters);
  return fact.otherwise === null
    ? readings
    : [...readings, ...readingsOf(fact, fact.otherwise, true, parameters)];
}

const rederivable = (parameters: NumberParameters): boolean => parameters.rounding === 'half-up';

/**
 * Whether a reading is this value at the asked decimals: equal, equal to its rounding, or more decimals that round to
 * it (a stored 0.310759 shown as 31.08 %). Never rounds 347.32 up to the 348 that was asked.
 */
export function isExactly(reading: Reading, target: Fraction, parameters: NumberParameters): boolean {
  if (reading.value.equals(target)) return true;
  const places = askedPlaces(parameters);
  if (places === null) {
    const { places: written } = reading;
    return written !== null && written >= 2 && roundTo(target, written, 'half-up').equals(reading.value);
  }
  const shown = roundTo(target, places, parameters.rounding);
  if (reading.value.equals(shown)) return true;
  const finer = reading.places === null || reading.places > places;
  return finer && rederivable(parameters) && roundTo(reading.value, places, 'half-up').equals(shown);
}

export const isWithin = (reading: Reading, target: Fraction, distance: string | undefined): boolean =>
  distance !== undefined && reading.value.sub(target).abs().lte(parseExact(distance));

/** Written with fewer decimals than asked. */
export function hasFewerPlaces(reading: Reading, parameters: NumberParameters): boolean {
  const places = askedPlaces(parameters);
  return reading.places !== null && places !== null && reading.places < places;
}

/** Fewer decimals than asked, rightly rounded: 31.1% for 31.08%. A bare 0 is no rounding of anything. */
export function isCoarser(reading: Reading, target: Fraction, parameters: NumberParameters): boolean {
  if (reading.places === null || reading.value.equals(0) || !hasFewerPlaces(reading, parameters))
    return false;
  return roundTo(target, reading.places, 'half-up').equals(reading.value);
}
