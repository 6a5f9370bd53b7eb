import { describe, expect, it } from 'vitest';
import { median, meets, ratios, spreadOf } from '../../bench/statistics.ts';

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 8, 7, 100, 1, 2])).toBe(8);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('sorts numbers as numbers, and leaves what it was given as it was', () => {
    const given = [100, 20, 3];
    expect(median(given)).toBe(20);
    expect(given).toEqual([100, 20, 3]);
  });

  it('refuses no values: a missing measurement is no zero', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('spreadOf', () => {
  it('tells least, middle and greatest', () => {
    expect(spreadOf([3, 1, 8])).toEqual({ min: 1, median: 3, max: 8 });
  });
});

describe('ratios', () => {
  it('divides round by round, so that a slow moment that hit both sides cancels out', () => {
    expect(ratios([2, 20, 4], [4, 40, 4])).toEqual([0.5, 0.5, 1]);
  });

  it('refuses sides of different length and a time of nothing', () => {
    expect(() => ratios([1, 2], [1])).toThrow(/2 rounds against 1/);
    expect(() => ratios([1], [0])).toThrow(/round 1 took 0/);
  });
});

describe('meets', () => {
  it('counts the goal itself as reached', () => {
    expect(meets(0.6, { atLeast: 0.6 })).toBe(true);
    expect(meets(0.59, { atLeast: 0.6 })).toBe(false);
    expect(meets(1.25, { atMost: 1.25 })).toBe(true);
    expect(meets(1.26, { atMost: 1.25 })).toBe(false);
  });
});
