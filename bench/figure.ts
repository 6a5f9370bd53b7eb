import type { Sides } from './rounds.ts';
import { type Goal, meets, ratios, type Spread, spreadOf } from './statistics.ts';

/** One line of the result. */
export interface Figure {
  readonly name: string;
  /** What `value` counts in: `×` of the baseline, `MB`, `/s`. */
  readonly unit: string;
  readonly value: Spread;
  /** Null where the figure is for information only. */
  readonly goal: Goal | null;
  /** Null without a goal. */
  readonly met: boolean | null;
  readonly rounds: number;
  /** Seconds of a round; null where nothing was timed against each other. */
  readonly ours: Spread | null;
  readonly baseline: Spread | null;
  /** What was measured, in one sentence. */
  readonly about: string;
}

type Described = Pick<Figure, 'name' | 'about'> & { readonly goal?: Goal };

const judged = ({ goal }: Described, value: Spread): Pick<Figure, 'goal' | 'met'> =>
  goal ? { goal, met: meets(value.median, goal) } : { goal: null, met: null };

/** How fast we are against a baseline: its time over ours, 1 is as fast. */
export function speed(described: Described, { ours, baseline }: Sides): Figure {
  return compared(described, ratios(baseline, ours), { ours, baseline });
}

/** What we cost against a baseline: our time over its, 1 is as much. */
export function cost(described: Described, { ours, baseline }: Sides): Figure {
  return compared(described, ratios(ours, baseline), { ours, baseline });
}

function compared(described: Described, values: readonly number[], { ours, baseline }: Sides): Figure {
  const { name, about } = described;
  const value = spreadOf(values);
  return {
    name,
    about,
    unit: '×',
    value,
    ...judged(described, value),
    rounds: values.length,
    ours: spreadOf(ours),
    baseline: spreadOf(baseline),
  };
}

/** A figure that stands for itself. */
export function single(described: Described & { unit: string }, values: readonly number[]): Figure {
  const { name, about, unit } = described;
  const value = spreadOf(values);
  const rounds = values.length;
  return { name, about, unit, value, ...judged(described, value), rounds, ours: null, baseline: null };
}
