import Fraction from 'fraction.js';
import { exactSchema } from './outcome.ts';

export type { Fraction };

/** Points are given and shown in hundredths. */
const decimals = 2;

/**
 * Reads an exact number: `3`, `-0.97`, `4/7`, `0.5/3`.
 * @throws RangeError for anything else; in particular floats never get in.
 */
export function parseExact(text: string): Fraction {
  if (!exactSchema.safeParse(text).success) throw new RangeError(`not an exact number: "${text}"`);
  const [numerator = '', denominator = '1'] = text.split('/');
  return new Fraction(numerator).div(denominator);
}

/** Writes an exact number so that `parseExact` reads the same value: `"3"`, `"4/7"`. */
export const formatExact = (value: Fraction): string => value.toFraction();

/**
 * Reads points: a decimal with at most two places, not negative.
 * @throws RangeError with what is wrong, worded for the one who wrote the number.
 */
export function parsePoints(text: string): Fraction {
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new RangeError(`points are a decimal number such as 1.25, not "${text}"`);
  const value = new Fraction(text);
  if (!value.equals(roundHalfUp(value, decimals))) {
    throw new RangeError(`points have at most two decimals, "${text}" has more`);
  }
  return value;
}

/** Writes points without trailing zeros: `"2"`, `"1.25"`. The value must be a multiple of 0.01. */
export function formatPoints(value: Fraction): string {
  const rounded = roundHalfUp(value, decimals);
  if (!rounded.equals(value))
    throw new RangeError(`${value.toFraction()} is no multiple of 0.01: round it first`);
  return value.toString();
}

/** Points as the number that a breakdown shows; exact in the sense that it prints with at most two decimals. */
export const pointsNumber = (value: Fraction): number => Number(formatPoints(value));

/** Rounds to so many decimals, a half away from zero (四舍五入; for amounts below zero the mirror image). */
export function roundHalfUp(value: Fraction, places: number = decimals): Fraction {
  const scale = 10n ** BigInt(places);
  const hundredths = (value.n * scale * 2n + value.d) / (value.d * 2n);
  return new Fraction(value.s * hundredths, scale);
}

/** The exact sum; zero of nothing. */
export const sumOf = (values: Iterable<Fraction>): Fraction =>
  [...values].reduce((sum, value) => sum.add(value), new Fraction(0));

/** An item's points for a share of them: "rounding of each item once", to 0.01, half-up (case F7). */
export const pointsFor = (possible: Fraction, share: Fraction): Fraction =>
  roundHalfUp(possible.mul(share), decimals);
