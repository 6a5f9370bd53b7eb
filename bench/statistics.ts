/** Least, middle and greatest of the rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The middle value; of an even number of them, the mean of the two in the middle. @throws RangeError for none */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new RangeError('no value has no median');
  return (low + high) / 2;
}

/** @throws RangeError for no values */
export const spreadOf = (values: readonly number[]): Spread => ({
  min: Math.min(...values),
  median: median(values),
  max: Math.max(...values),
});

/**
 * The ratio of each round. Two sides measured right after each other share the mood of the machine, so the ratio of
 * a round says more than a ratio of two medians.
 * @throws RangeError when the sides have not the same number of rounds, or nothing to divide by
 */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
  if (numerators.length !== denominators.length)
    throw new RangeError(`${numerators.length} rounds against ${denominators.length}`);
  return numerators.map((numerator, round) => {
    const denominator = denominators[round];
    if (!denominator || denominator < 0) throw new RangeError(`round ${round + 1} took ${denominator}`);
    return numerator / denominator;
  });
}

/** What a figure should be. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

export const meets = (value: number, goal: Goal): boolean =>
  'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
