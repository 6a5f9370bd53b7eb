import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { type Breakdown, type BreakdownItem, breakdownSchema, itemState } from '../../rubrics/breakdown.ts';
import type { Outcome } from '../../rubrics/outcome.ts';
import type { Item, Modifier, Paper } from '../../rubrics/paper-schema.ts';
import { score } from '../../rubrics/score.ts';
import { context, failed, item, paperOf, partly, passed, unsure } from './scored-paper.ts';

interface Case {
  readonly paper: Paper;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly marks: ReadonlyMap<string, string>;
}

const count = 6;
const ids = Array.from({ length: count }, (_, index) => `i${index}`);
const anyId = fc.constantFrom(...ids);
const cents = fc.integer({ min: 1, max: 2000 });
const cause = fc.constantFrom(null, 'c0', 'c1', 'c2');

const outcome: fc.Arbitrary<Outcome> = fc
  .record({
    cause,
    review: fc.boolean(),
    kind: fc.constantFrom('pass', 'partial', 'fail', 'unknown'),
    parts: fc.tuple(fc.nat({ max: 12 }), fc.integer({ min: 12, max: 13 })),
  })
  .map(({ kind, parts: [n, d], ...more }) => {
    if (kind === 'pass') return passed(more);
    if (kind === 'fail') return failed(more);
    return kind === 'unknown' ? unsure(more) : partly(`${n}/${d}`, more);
  });

const modifier: fc.Arbitrary<Modifier> = fc
  .record({
    effect: fc.constantFrom('halve', 'zero', 'cap'),
    items: fc.uniqueArray(anyId, { minLength: 1 }),
    when: fc.record({
      item: anyId,
      outcome: fc.uniqueArray(fc.constantFrom('pass', 'partial', 'fail'), { minLength: 1 }),
    }),
  })
  .map((one) =>
    one.effect === 'cap' ? { ...one, effect: one.effect, at: '2/3' } : { ...one, effect: one.effect },
  );

const oneItem = (id: string) =>
  fc
    .record({
      points: cents,
      by: fc.constantFrom<Item['by']>('auto', 'suggest', 'examiner', 'process'),
      criterion: fc.constantFrom('page-1', 'page-2'),
      outcome: fc.option(outcome, { nil: undefined }),
      mark: fc.option(fc.nat({ max: 2000 }), { nil: undefined }),
    })
    .map(({ points, by, criterion, outcome, mark }) => ({
      item: item(id, (points / 100).toFixed(2), by, { criterion }),
      outcome,
      mark: mark === undefined ? undefined : (Math.min(mark, points) / 100).toFixed(2),
    }));

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    items: fc.tuple(...ids.map(oneItem)),
    causes: fc.dictionary(fc.constantFrom('c0', 'c1'), anyId),
    modifiers: fc.array(modifier, { maxLength: 3 }),
  })
  .map(({ items, causes, modifiers }) => ({
    paper: paperOf(
      items.map((one) => one.item),
      causes,
      modifiers,
    ),
    outcomes: new Map(
      items.flatMap((one) => (one.outcome === undefined ? [] : [[one.item.id, one.outcome] as const])),
    ),
    marks: new Map(
      items.flatMap((one) => (one.mark === undefined ? [] : [[one.item.id, one.mark] as const])),
    ),
  }));

const run = ({ paper, outcomes, marks }: Case): Breakdown => score(paper, outcomes, context, marks);
const itemsOf = (breakdown: Breakdown): BreakdownItem[] => breakdown.criteria.flatMap(({ items }) => items);
const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total.add(String(number)), new Fraction(0)).valueOf();
const holds = (predicate: (one: Case) => void): void => {
  fc.assert(fc.property(anyCase, predicate), { numRuns: 300 });
};

describe('whatever the paper, the outcomes and the marks', () => {
  it('is a breakdown, the same bytes every time', () => {
    holds((one) => {
      expect(breakdownSchema.parse(run(one))).toEqual(run(one));
      expect(JSON.stringify(run(one))).toBe(JSON.stringify(run(one)));
    });
  });

  it('does not hang on the order in which outcomes and marks come', () => {
    holds((one) => {
      const reversed = {
        ...one,
        outcomes: new Map([...one.outcomes].reverse()),
        marks: new Map([...one.marks].reverse()),
      };
      expect(JSON.stringify(run(reversed))).toBe(JSON.stringify(run(one)));
    });
  });

  it('every item is within its points, every total within the possible', () => {
    holds((one) => {
      const { total } = run(one);
      for (const { proposed, final, possible } of itemsOf(run(one))) {
        expect(proposed ?? 0).toBeLessThanOrEqual(possible);
        expect(final ?? 0).toBeLessThanOrEqual(possible);
        expect(Math.min(proposed ?? 0, final ?? 0)).toBeGreaterThanOrEqual(0);
      }
      const open = sum(Object.values(total.pending));
      expect(sum([total.settled, total.suggested, open])).toBeLessThanOrEqual(total.possible);
    });
  });

  it('every item counts in exactly one place', () => {
    holds((one) => {
      const breakdown = run(one);
      const items = itemsOf(breakdown);
      const possible = (state: string) =>
        sum(items.filter((it) => itemState(it) === state).map((it) => it.possible));
      const points = (state: string) =>
        sum(items.filter((it) => itemState(it) === state).map((it) => it.final ?? it.proposed ?? 0));
      const { total } = breakdown;
      expect(total.settled).toBe(points('settled'));
      expect(total.suggested).toBe(points('suggested'));
      expect(total.pending).toEqual({
        examiner: possible('examiner'),
        process: possible('process'),
        unknown: possible('unknown'),
      });
      expect(sum(['settled', 'suggested', 'examiner', 'process', 'unknown'].map(possible))).toBe(
        total.possible,
      );
      expect(sum(breakdown.criteria.map(({ settled }) => settled))).toBe(total.settled);
      expect(sum(breakdown.criteria.map(({ suggested }) => suggested))).toBe(total.suggested);
      expect(sum(breakdown.criteria.map((criterion) => criterion.possible))).toBe(total.possible);
    });
  });

  it('is awarded exactly when everything is settled', () => {
    holds((one) => {
      const { total } = run(one);
      const done = itemsOf(run(one)).every((it) => itemState(it) === 'settled');
      expect(total.awarded).toBe(done ? total.settled : null);
    });
  });

  it('a mark always wins', () => {
    holds((one) => {
      for (const it of itemsOf(run(one))) {
        const mark = one.marks.get(it.id);
        expect(it.final).toBe(mark === undefined ? null : Number(mark));
        if (mark !== undefined) expect(itemState(it)).toBe('settled');
      }
    });
  });

  it('an excuse never lowers: without causes no item would have more', () => {
    holds((one) => {
      const paper = { ...one.paper, modifiers: [] };
      const strict = new Map(
        itemsOf(run({ ...one, paper: { ...paper, causes: {} } })).map((it) => [it.id, it]),
      );
      for (const it of itemsOf(run({ ...one, paper }))) {
        if (it.proposed !== null)
          expect(it.proposed).toBeGreaterThanOrEqual(strict.get(it.id)?.proposed ?? 0);
        if (it.excused) expect(it.proposed).toBe(it.possible);
      }
    });
  });

  it('a charged cause takes points from one item at most', () => {
    holds((one) => {
      const paper = { ...one.paper, modifiers: [] };
      const items = new Map(itemsOf(run({ ...one, paper, marks: new Map() })).map((it) => [it.id, it]));
      for (const [name, charged] of Object.entries(paper.causes)) {
        const lost = (it: BreakdownItem | undefined) =>
          it?.cause === name && it.proposed !== null && it.proposed < it.possible;
        if (!lost(items.get(charged))) continue;
        expect([...items.values()].filter(lost).map(({ id }) => id)).toEqual([charged]);
      }
    });
  });

  it('a contest rule never raises', () => {
    holds((one) => {
      const free = new Map(
        itemsOf(run({ ...one, paper: { ...one.paper, modifiers: [] } })).map((it) => [it.id, it]),
      );
      for (const it of itemsOf(run(one)))
        expect(it.proposed ?? 0).toBeLessThanOrEqual(free.get(it.id)?.proposed ?? 0);
    });
  });

  it('an unknown is never scored', () => {
    holds((one) => {
      for (const it of itemsOf(run(one))) if (it.outcome === 'unknown') expect(it.proposed).toBeNull();
    });
  });
});
