import { describe, expect, it } from 'vitest';
import { isAllowed, readPoints, stepped } from '../../src/web/shared/points.ts';

describe('points that are typed', () => {
  it.each([
    ['2', 2],
    ['1.5', 1.5],
    [' .5 ', 0.5],
    ['1。5', 1.5],
    ['1,25', 1.25],
    ['1.255', null],
    ['-1', null],
    ['', null],
    ['两分', null],
  ])('reads “%s” as %s', (typed, points) => expect(readPoints(typed)).toBe(points));

  it.each([
    [{ possible: 5, step: 0.5 }, 4.5, null, true],
    [{ possible: 5, step: 0.5 }, 4.6, null, false],
    [{ possible: 5, step: 0.5 }, 4.6, 4.6, true],
    [{ possible: 5, step: 0.5 }, 5.5, null, false],
    // 0.3 is no multiple of 0.1 in floating point.
    [{ possible: 1, step: 0.1 }, 0.3, null, true],
    [{ possible: 1.25, step: 1.25 }, 1.25, null, true],
  ])('of %o allows %d beside a proposed %s: %s', (allowed, points, proposed, wanted) =>
    expect(isAllowed(allowed, points, proposed)).toBe(wanted),
  );

  it('steps to the nearest allowed value, never beyond the ends', () => {
    const allowed = { possible: 2, step: 0.5 };
    expect(stepped(allowed, 1, 1)).toBe(1.5);
    expect(stepped(allowed, 1.2, 1)).toBe(1.5);
    expect(stepped(allowed, 1.2, -1)).toBe(1);
    expect(stepped(allowed, 2, 1)).toBe(2);
    expect(stepped(allowed, 0, -1)).toBe(0);
  });
});
