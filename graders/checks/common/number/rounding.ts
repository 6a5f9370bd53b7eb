import Fraction from 'fraction.js';

/** 四舍五入, always up (pieces to break even), always down, or not at all. */
export type Rounding = 'half-up' | 'up' | 'down' | 'none';

const whole: Readonly<Record<Exclude<Rounding, 'none'>, (size: Fraction) => bigint>> = {
  'half-up': (size) => (2n * size.n + size.d) / (2n * size.d),
  up: (size) => (size.n + size.d - 1n) / size.d,
  down: (size) => size.n / size.d,
};

/** 10 to the places, exact for negative places too. */
const scaleOf = (places: number): Fraction =>
  places >= 0 ? new Fraction(10n ** BigInt(places)) : new Fraction(1n, 10n ** BigInt(-places));

/**
 * Rounds to so many places (negative: to tens, hundreds …), a half away from zero; `up` and `down` go by size.
 */
export function roundTo(value: Fraction, places: number, rounding: Rounding): Fraction {
  if (rounding === 'none') return value;
  const scale = scaleOf(places);
  return new Fraction(value.s * whole[rounding](value.abs().mul(scale))).div(scale);
}
