import { describe, expect, it } from 'vitest';
import { breakdownSchema, itemState } from '../../rubrics/breakdown.ts';
import { failed, item, itemIn, paperOf, partly, passed, scoreOf, unsure } from './scored-paper.ts';

describe('the score of an item', () => {
  const one = (points: string) => paperOf([item('a', points)]);

  it.each([
    ['5', partly('1/3'), 1.67],
    ['5', partly('0.3'), 1.5],
    ['1.25', partly('1/2'), 0.63],
    ['0.5', partly('0.85'), 0.43],
    ['2', passed(), 2],
    ['2', failed(), 0],
  ])('%s points: the share is taken exactly and rounded half-up once', (points, outcome, proposed) => {
    expect(itemIn(scoreOf(one(points), { a: outcome }), 'a').proposed).toBe(proposed);
  });

  it('says what the check said, in the words of the caller', () => {
    const evidence = [{ kind: 'file' as const, bytes: 5, path: 'a.jpg' }];
    expect(
      itemIn(scoreOf(one('5'), { a: partly('1/2', { evidence, confidence: 0.8, cause: 'c' }) }), 'a'),
    ).toEqual({
      id: 'a',
      text: '评分点a',
      possible: 5,
      by: 'auto',
      outcome: 'partial',
      share: '1/2',
      proposed: 2.5,
      final: null,
      reason: { code: 'is-partial', values: { seen: 1 }, text: '<is-partial>' },
      confidence: 0.8,
      cause: 'c',
      excused: false,
      evidence,
    });
  });

  it('is pending, not zero, when its check did not run', () => {
    const breakdown = scoreOf(one('5'), {});
    expect(itemIn(breakdown, 'a')).toMatchObject({
      outcome: 'unknown',
      share: null,
      proposed: null,
      reason: { code: 'not-run', text: '检查没有运行，需人工评定' },
    });
    expect(breakdown.total).toMatchObject({ settled: 0, pending: { unknown: 5 }, awarded: null });
  });

  it.each(['2', '-1/2', 'half', '0.(3)'])(
    'is pending when the check gives the impossible share %s',
    (share) => {
      expect(itemIn(scoreOf(one('5'), { a: partly(share) }), 'a')).toMatchObject({
        outcome: 'unknown',
        proposed: null,
        reason: { code: 'bad-share', values: { share } },
      });
    },
  );

  it('is pending when verdict and share contradict each other', () => {
    expect(itemIn(scoreOf(one('5'), { a: { ...passed(), share: null } }), 'a').proposed).toBeNull();
    expect(itemIn(scoreOf(one('5'), { a: { ...unsure(), share: '1' } }), 'a').proposed).toBeNull();
  });
});

describe('the total', () => {
  const paper = paperOf([
    item('auto', '10', 'auto', { criterion: 'page-2' }),
    item('flagged', '20', 'auto', { criterion: 'page-1' }),
    item('suggest', '30', 'suggest', { criterion: 'page-2' }),
    item('unknown', '5', 'auto', { criterion: 'page-1' }),
    item('examiner', '25', 'examiner', { criterion: 'page-6' }),
    item('process', '10', 'process', { criterion: 'page-9' }),
  ]);
  const outcomes = {
    auto: partly('0.3'),
    flagged: passed({ review: true }),
    suggest: partly('1/3'),
    unknown: unsure(),
  };
  const breakdown = scoreOf(paper, outcomes);

  it('keeps settled, suggested and pending points apart', () => {
    expect(breakdown.total).toEqual({
      possible: 100,
      settled: 3,
      suggested: 30,
      pending: { examiner: 25, process: 10, unknown: 5 },
      awarded: null,
    });
  });

  it('lists each criterion that the paper examines, in its order, and no other (F3)', () => {
    expect(
      breakdown.criteria.map(({ id, possible, settled, suggested }) => [id, possible, settled, suggested]),
    ).toEqual([
      ['page-2', 40, 3, 10],
      ['page-1', 25, 0, 20],
      ['page-6', 25, 0, 0],
      ['page-9', 10, 0, 0],
    ]);
  });

  it('is what the schema of breakdowns says', () => {
    expect(breakdownSchema.parse(breakdown)).toEqual(breakdown);
  });

  it('shows a flagged auto item as one that waits for a nod', () => {
    expect(itemIn(breakdown, 'flagged').by).toBe('suggest');
    expect(itemState(itemIn(breakdown, 'flagged'))).toBe('suggested');
    expect(itemState(itemIn(breakdown, 'auto'))).toBe('settled');
  });

  it('has no outcome where no check runs', () => {
    expect(itemIn(breakdown, 'examiner')).toMatchObject({
      outcome: null,
      reason: null,
      proposed: null,
      evidence: [],
    });
  });

  const human = { flagged: '20', suggest: '12.5', unknown: '5', examiner: '20' };

  it('is not awarded while process points are missing (F9), nor while a suggestion is unconfirmed', () => {
    expect(scoreOf(paper, outcomes, human).total).toMatchObject({ pending: { process: 10 }, awarded: null });
    const { flagged: _, ...unconfirmed } = { ...human, process: '9' };
    expect(scoreOf(paper, outcomes, unconfirmed).total).toMatchObject({ suggested: 20, awarded: null });
  });

  it('is awarded once everything is decided', () => {
    expect(scoreOf(paper, outcomes, { ...human, process: '9' }).total).toEqual({
      possible: 100,
      settled: 69.5,
      suggested: 0,
      pending: { examiner: 0, process: 0, unknown: 0 },
      awarded: 69.5,
    });
  });

  it('counts a suggestion of zero points as unconfirmed too', () => {
    expect(scoreOf(paperOf([item('a', '5', 'suggest')]), { a: failed() }).total.awarded).toBeNull();
  });

  it('adds hundredths exactly (F7)', () => {
    const items = Array.from({ length: 10 }, (_, index) => item(`i${index}`, '0.1'));
    const all = Object.fromEntries(items.map(({ id }) => [id, passed()]));
    expect(scoreOf(paperOf(items), all).total.awarded).toBe(1);
  });
});

describe('a mark', () => {
  const paper = paperOf([item('a', '5'), item('b', '5', 'examiner')]);

  it('settles its item and leaves what the machine said beside it (F5)', () => {
    const breakdown = scoreOf(paper, { a: partly('1/2') }, { a: '4' });
    expect(itemIn(breakdown, 'a')).toMatchObject({ proposed: 2.5, final: 4, outcome: 'partial' });
    expect(breakdown.total).toMatchObject({ settled: 4, pending: { examiner: 5 } });
  });

  it('settles an unknown', () => {
    expect(scoreOf(paper, { a: unsure() }, { a: '0', b: '1.25' }).total.awarded).toBe(1.25);
  });

  it.each([
    [{ a: '5.5' }, 'a mark of 5.5 for item a, which has 5 points'],
    [{ a: '-1' }, 'points are a decimal number'],
    [{ a: '1.005' }, 'points have at most two decimals'],
    [{ c: '1' }, 'paper PAGE-9 has no item c'],
  ])('that does not fit is refused: %o', (marks, reason) => {
    expect(() => scoreOf(paper, {}, marks)).toThrow(reason);
  });

  it('and an outcome of another paper is refused', () => {
    expect(() => scoreOf(paper, { c: passed() })).toThrow('paper PAGE-9 has no item c');
  });
});
