import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import {
  formatExact,
  formatPoints,
  parseExact,
  parsePoints,
  pointsFor,
  pointsNumber,
  roundHalfUp,
  sumOf,
} from '../../rubrics/points.ts';

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([n, d]) => new Fraction(n, d));
const hundredths = fc.integer({ min: 0, max: 10_000 }).map((n) => new Fraction(n, 100));

describe('exact numbers', () => {
  it.each([
    ['3', '3'],
    ['0.97', '97/100'],
    ['4/7', '4/7'],
    ['-0.5', '-1/2'],
    ['0.5/3', '1/6'],
    ['10/100', '1/10'],
    ['123456789012345678901234567890.1', '1234567890123456789012345678901/10'],
  ])('reads %s as %s', (text, value) => {
    expect(formatExact(parseExact(text))).toBe(value);
  });

  it.each(['', '1e3', '.5', '1/0', '1.', ' 1', '0x10', '0.(3)', '1 1/2', 'NaN', '+1'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseExact(text)).toThrow(RangeError);
    },
  );

  it('reads what it wrote', () => {
    fc.assert(fc.property(fraction, (value) => parseExact(formatExact(value)).equals(value)));
  });
});

describe('rounding', () => {
  it.each([
    ['0.005', '0.01'],
    ['0.0049999', '0'],
    ['1.005', '1.01'],
    ['2.675', '2.68'],
    ['1/3', '0.33'],
    ['2/3', '0.67'],
    ['-0.005', '-0.01'],
    ['-0.004', '0'],
    ['-1.005', '-1.01'],
  ])('takes %s to %s', (from, to) => {
    expect(roundHalfUp(parseExact(from)).equals(parseExact(to))).toBe(true);
  });

  it('rounds to other places', () => {
    expect(roundHalfUp(parseExact('2.5'), 0).toString()).toBe('3');
    expect(roundHalfUp(parseExact('0.12345'), 4).toString()).toBe('0.1235');
  });

  it('moves by at most half a hundredth, to a hundredth, the same way on both sides of zero', () => {
    fc.assert(
      fc.property(fraction, (value) => {
        const rounded = roundHalfUp(value);
        expect(rounded.sub(value).abs().lte(new Fraction(1, 200))).toBe(true);
        expect(rounded.mul(100).d).toBe(1n);
        expect(roundHalfUp(value.neg()).equals(rounded.neg())).toBe(true);
        expect(roundHalfUp(rounded).equals(rounded)).toBe(true);
      }),
    );
  });

  it('keeps the order of numbers', () => {
    fc.assert(fc.property(fraction, fraction, (a, b) => a.gt(b) || roundHalfUp(a).lte(roundHalfUp(b))));
  });
});

describe('points', () => {
  it.each([
    ['2', '2'],
    ['2.00', '2'],
    ['1.25', '1.25'],
    ['10.50', '10.5'],
    ['1.250', '1.25'],
  ])('reads %s and writes %s', (text, written) => {
    expect(formatPoints(parsePoints(text))).toBe(written);
  });

  it.each(['1.255', '-1', '1/2', '1e1', '', 'NaN'])('refuses "%s"', (text) => {
    expect(() => parsePoints(text)).toThrow(RangeError);
  });

  it('are never shown unrounded', () => {
    expect(() => formatPoints(new Fraction(1, 3))).toThrow(RangeError);
  });

  it('survive a number of JSON', () => {
    fc.assert(fc.property(hundredths, (value) => new Fraction(String(pointsNumber(value))).equals(value)));
  });

  it('add up exactly where floats would not', () => {
    expect(pointsNumber(sumOf(Array.from({ length: 10 }, () => parsePoints('0.1'))))).toBe(1);
    expect(formatPoints(sumOf([]))).toBe('0');
  });

  it('for a share stay within the item', () => {
    fc.assert(
      fc.property(hundredths, fc.integer({ min: 0, max: 997 }), (possible, part) => {
        const points = pointsFor(possible, new Fraction(part, 997));
        return points.gte(0) && points.lte(possible);
      }),
    );
  });

  it('for a share are rounded half-up once: 0.85 of 0.5 is 0.43', () => {
    expect(formatPoints(pointsFor(parsePoints('0.5'), parseExact('0.85')))).toBe('0.43');
  });
});
