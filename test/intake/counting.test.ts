import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCounting, isComplete, type Standing } from '../../src/intake/counting.ts';

const of = (...filled: number[]): Standing[] =>
  filled.map((requiredFilled, index) => ({
    id: `a${index + 1}`,
    number: index + 1,
    requiredFilled,
    requiredTotal: 3,
  }));

describe('the attempt that counts', () => {
  it.each([
    [[], null],
    [[0], 1],
    [[3, 3], 2],
    [[3, 2], 1],
    [[2, 1], 1],
    [[1, 2], 2],
    [[2, 2], 2],
    [[1, 3, 2, 3, 0], 4],
  ])('D11: of %j it is number %j', (filled, number) => {
    expect(chooseCounting(of(...filled))?.number ?? null).toBe(number);
  });

  const attempts = array(tuple(integer({ min: 0, max: 4 }), integer({ min: 0, max: 4 })), {
    maxLength: 8,
  }).map((pairs): Standing[] =>
    pairs.map(([requiredFilled, requiredTotal], index) => ({
      id: `a${index}`,
      number: index + 1,
      requiredFilled,
      requiredTotal,
    })),
  );

  it('is complete whenever one is, and never replaced by a poorer one', () => {
    assert(
      property(attempts, (all) => {
        const chosen = chooseCounting(all);
        const complete = all.filter(isComplete);
        if (complete.length > 0) expect(chosen).toBe(complete.at(-1));
        else
          expect(chosen?.requiredFilled).toBe(
            all.length ? Math.max(...all.map((a) => a.requiredFilled)) : undefined,
          );
      }),
    );
  });

  it('is the same whether all are compared at once, in any order, or each with the best so far', () => {
    assert(
      property(attempts, (all) => {
        const folded = all.reduce<Standing | null>(
          (best, one) => chooseCounting(best ? [best, one] : [one]),
          null,
        );
        expect(folded).toBe(chooseCounting(all));
        expect(chooseCounting(all.toReversed())).toBe(folded);
      }),
    );
  });
});
