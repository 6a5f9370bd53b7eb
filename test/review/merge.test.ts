import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../rubrics/canonical.ts';
import type { Item } from '../../rubrics/paper-schema.ts';
import { decimal, isAllowed } from '../../src/review/allowed.ts';
import { digestsOf } from '../../src/review/digests.ts';
import { type Decision, judge } from '../../src/review/judged.ts';
import { itemsOf, mergeMarks } from '../../src/review/merge.ts';
import { failed, item, paperOf, partly, passed, scoreOf, unsure } from '../rubrics/scored-paper.ts';
import { expectationOf, samplesFolder } from '../samples/expectation.ts';
import { gradeSample, paperOf as samplePaper } from '../samples/grading.ts';

const none = new Map<string, string>();
const samples = readdirSync(samplesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^(page|shop)-1-/.test(entry.name))
  .map(({ name }) => name);

describe('a recorded breakdown', () => {
  it.each(samples)('of %s without marks is itself again, byte for byte', async (id) => {
    const { breakdown } = await gradeSample(id);
    const { paper } = await samplePaper(expectationOf(id).paper);
    expect(canonicalJson(mergeMarks(paper, breakdown, none))).toBe(canonicalJson(breakdown));
  });

  it('with a mark on a charged item excuses the other, as when both had been scored at once', () => {
    const paper = paperOf([item('a', '4'), item('b', '2')], { 'turn:tea': 'a' });
    const outcomes = { a: partly('1/2', { cause: 'turn:tea' }), b: failed({ cause: 'turn:tea' }) };
    const recorded = scoreOf(paper, outcomes);
    for (const points of ['0', '2', '4'])
      expect(mergeMarks(paper, recorded, new Map([['a', points]]))).toEqual(
        scoreOf(paper, outcomes, { a: points }),
      );
  });

  it('with any marks is what scoring the outcomes with them gives', () => {
    const verdicts = [
      passed(),
      failed(),
      partly('1/3'),
      unsure(),
      passed({ review: true }),
      failed({ cause: 'c' }),
    ];
    const paper = paperOf(
      [
        item('a', '3'),
        item('b', '2.5', 'suggest'),
        item('c', '4', 'examiner'),
        item('d', '1.5'),
        item('p', '2', 'process'),
      ],
      { c: 'a' },
    );
    const outcome = fc.constantFrom(...verdicts);
    const marks = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'p'),
      fc.constantFrom('0', '0.5', '1', '1.5'),
    );
    fc.assert(
      fc.property(outcome, outcome, outcome, marks, (a, b, d, given) => {
        const outcomes = { a, b, d };
        const merged = mergeMarks(paper, scoreOf(paper, outcomes), new Map(Object.entries(given)));
        const whole = scoreOf(paper, outcomes, given);
        // An item that waits for a cause was recorded without its own finding: it stays with a human (see `outcomeOf`).
        const waiting = itemsOf(scoreOf(paper, outcomes)).filter(
          ({ reason }) => reason?.code === 'waits-for-cause',
        );
        for (const one of itemsOf(whole)) {
          if (waiting.some(({ id }) => id === one.id)) continue;
          const ours = itemsOf(merged).find(({ id }) => id === one.id);
          expect([one.id, ours?.final, ours?.proposed]).toEqual([one.id, one.final, one.proposed]);
        }
      }),
    );
  });
});

describe('allowed points', () => {
  const four = item('x', '4', 'examiner', { step: 0.5 });
  it('are the steps up to the item’s points, and what was proposed', () => {
    const allowed = Array.from({ length: 500 }, (_, index) => (index - 20) / 100).filter((points) =>
      isAllowed(four, points, 1.33),
    );
    expect(allowed).toEqual([0, 0.5, 1, 1.33, 1.5, 2, 2.5, 3, 3.5, 4]);
    for (const odd of [Number.NaN, Infinity, 0.005, 1e-7, 1e21])
      expect(isAllowed(four, odd, null)).toBe(false);
  });

  it('are exact where binary fractions are not', () => {
    const odd: Item = item('x', '2.1', 'examiner', { step: 0.3 });
    const allowed = Array.from({ length: 22 }, (_, tenth) => tenth / 10).filter((points) =>
      isAllowed(odd, points, null),
    );
    expect(allowed).toEqual([0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1]);
    expect([100, 10.5, 0, 0.3, 1.25].map(decimal)).toEqual(['100', '10.5', '0', '0.3', '1.25']);
  });
});

describe('a mark', () => {
  const own = item('c', '4', 'examiner');
  const auto = item('a', '2');
  const paper = paperOf([own, auto]);
  const recorded = scoreOf(paper, { a: failed() });
  const work = { paper, recorded, files: ['1'.repeat(64)] };
  const shown = (id: string) => itemsOf(recorded).find((one) => one.id === id);
  const decision = (on: Item, points: number | null): Decision => {
    const { rule, evidence } = digestsOf(on, shown(on.id), work.files);
    return {
      itemId: on.id,
      kind: 'examiner',
      points,
      doubt: false,
      rubricVersion: recorded.rubricVersion,
      ruleDigest: rule,
      evidenceDigest: evidence,
    };
  };
  const finalOf = (changed: typeof work, put: Decision) =>
    itemsOf(judge(changed, [put]).breakdown).find(({ id }) => id === put.itemId)?.final;

  it('holds while rule and finding are the same, whatever the weights of others', () => {
    expect(finalOf(work, decision(own, 3))).toBe(3);
    const heavier = paperOf([item('c', '6', 'examiner'), item('a', '1')]);
    const again = {
      ...work,
      paper: heavier,
      recorded: { ...scoreOf(heavier, { a: failed() }), rubricVersion: 'r2' },
    };
    expect(finalOf(again, decision(own, 3))).toBe(3);
  });

  it('opens its item again when the work, the finding or the rule changed, or its value is not allowed any more', () => {
    expect(finalOf({ ...work, files: ['2'.repeat(64)] }, decision(own, 3))).toBeNull();
    expect(finalOf({ ...work, recorded: scoreOf(paper, { a: passed() }) }, decision(auto, 1))).toBeNull();
    const reworded = paperOf([item('c', '4', 'examiner', { text: '改了' }), auto]);
    expect(
      finalOf({ ...work, paper: reworded, recorded: scoreOf(reworded, { a: failed() }) }, decision(own, 3)),
    ).toBeNull();
    const lighter = paperOf([item('c', '2', 'examiner'), auto]);
    const cut = {
      ...work,
      paper: lighter,
      recorded: { ...scoreOf(lighter, { a: failed() }), rubricVersion: 'r2' },
    };
    expect(finalOf(cut, decision(own, 3))).toBeNull();
    expect(finalOf(cut, decision(own, 2))).toBe(2);
  });

  it('on an item that is gone does no harm', () => {
    const without = paperOf([auto]);
    const rest = { ...work, paper: without, recorded: scoreOf(without, { a: failed() }) };
    expect(judge(rest, [decision(own, 3)]).holding.size).toBe(0);
  });
});
