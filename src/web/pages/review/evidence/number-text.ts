/** Enough to tell answers apart, and short enough to compare at a glance. */
const digits = 10;

/** A number as a person writes it: `17/500` of a percentage is 3.4%. Other fractions stay fractions, for they are exact. */
export function numberText(value: string, unit: string | null): string {
  if (unit !== '%') return `${value}${unit ?? ''}`;
  const [numerator = '', denominator = '1'] = value.split('/');
  return `${Number(((100 * Number(numerator)) / Number(denominator)).toPrecision(digits))}%`;
}
