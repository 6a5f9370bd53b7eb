import type Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseExact } from '../../rubrics/points.ts';
import { keysOfAft1 } from './keys/aft-1.ts';
import type { Keys } from './keys/key.ts';
import { keysOfMkt1 } from './keys/mkt-1.ts';
import { bestPost, keysOfMkt2 } from './keys/mkt-2.ts';
import { keysOfOps1 } from './keys/ops-1.ts';
import { keysOfOps2 } from './keys/ops-2.ts';
import { classesOfPre1, keysOfPre1 } from './keys/pre-1.ts';
import { paperIds, readSheet } from './sources.ts';

/** Computed from the numbers that the task prints, by another hand than the paper's. */
const keysOf: Readonly<Record<string, (task: string) => Keys>> = {
  'PRE-1': keysOfPre1,
  'AFT-1': keysOfAft1,
  'OPS-1': keysOfOps1,
  'OPS-2': keysOfOps2,
  'MKT-1': keysOfMkt1,
  'MKT-2': keysOfMkt2,
};

const exact = z.union([z.string(), z.number()]).transform((text) => parseExact(String(text)));
const numberItem = z.object({
  value: exact,
  display: z.string(),
  known: z.array(z.object({ value: exact, share: exact })).default([]),
});

/** As teachers print it: two decimals, a percentage with its sign. */
const printed = (value: Fraction, display: string): string =>
  display === 'percent' ? `${twoDecimals(value.mul(100))}%` : twoDecimals(value);

/** Rounded half up in whole hundredths: `toFixed` alone would round the binary neighbour. */
const twoDecimals = (value: Fraction): string => (value.mul(100).round().valueOf() / 100).toFixed(2);

describe.each(paperIds)('the keys of %s', (id) => {
  const { items, task } = readSheet(id);
  const numbers = items.filter(({ check }) => check === 'number');
  const keys = keysOf[id]?.(task) ?? {};

  it('are computed for every number that the paper asks, and for nothing else', () => {
    expect(numbers.map((item) => item.id).sort()).toEqual(Object.keys(keys).sort());
  });

  it.each(numbers.map((item) => [item.id, item] as const))(
    '%s follows from the printed data',
    (name, item) => {
      const { value, display, known } = numberItem.parse(item.with);
      expect(value.toFraction()).toBe(keys[name]?.value.toFraction());
      expect(
        Object.fromEntries(
          known.map((mistake) => [printed(mistake.value, display), mistake.share.toFraction()]),
        ),
      ).toEqual(keys[name]?.known);
    },
  );
});

const wordItem = z.object({ accept: z.array(z.array(z.string())) });

describe('answers in words that follow from numbers', () => {
  it('PRE-1 puts every customer into the class of its cumulative share', () => {
    const { items, task } = readSheet('PRE-1');
    const written = items
      .filter(({ id }) => id.startsWith('presale-7.class-'))
      .map(({ id, with: parameters }) => [
        id.replace('presale-7.class-', '').toUpperCase(),
        wordItem.parse(parameters).accept[0]?.[0],
      ]);
    expect(Object.fromEntries(written)).toEqual(classesOfPre1(task));
  });

  it('MKT-2 names the post with the highest rate', () => {
    const { items, task } = readSheet('MKT-2');
    const best = items.find(({ id }) => id === 'mkt-6.best');
    expect(wordItem.parse(best?.with).accept[0]).toContain(`第${bestPost(task)}条`);
  });
});
