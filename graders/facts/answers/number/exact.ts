import Fraction from 'fraction.js';

/** Powers of ten beyond this are no answer of an exam; the cap keeps exact arithmetic cheap on hostile input. */
const MOST_DIGITS = 40;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Exact value of plain digits with an optional point, e.g. `0.97`, `.5`, `007`; null when there are too many digits. */
export function parseDigits(digits: string): { value: Fraction; decimals: number } | null {
  const [whole = '', part = ''] = digits.split('.');
  if (whole.length + part.length > MOST_DIGITS) return null;
  return { value: new Fraction(BigInt(`0${whole}${part}`), power(part.length)), decimals: part.length };
}

function terminatingDecimals(denominator: bigint): number | null {
  let rest = denominator;
  let twos = 0;
  let fives = 0;
  while (rest % 2n === 0n) {
    rest /= 2n;
    twos += 1;
  }
  while (rest % 5n === 0n) {
    rest /= 5n;
    fives += 1;
  }
  return rest === 1n ? Math.max(twos, fives) : null;
}

/** `17/500`, or a plain integer. */
export const fractionText = (value: Fraction): string => value.toFraction();

/** The shortest exact text: an integer or decimal where the value ends (`1234.5`), a fraction where it does not (`4/7`). */
export function exactText(value: Fraction): string {
  const decimals = terminatingDecimals(value.d);
  if (decimals === null) return value.toFraction();
  if (decimals === 0) return `${value.s * value.n}`;
  const digits = `${(value.n * power(decimals)) / value.d}`.padStart(decimals + 1, '0');
  const sign = value.s < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
