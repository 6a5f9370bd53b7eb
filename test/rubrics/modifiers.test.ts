import { describe, expect, it } from 'vitest';
import { itemState } from '../../rubrics/breakdown.ts';
import type { Item, Modifier } from '../../rubrics/paper-schema.ts';
import { failed, item, itemIn, paperOf, partly, passed, scoreOf, unsure } from './scored-paper.ts';

const when = { item: 'condition', outcome: ['fail' as const] };
const halve: Modifier = { effect: 'halve', items: ['a'], when };

const scored = (
  modifiers: Modifier[],
  outcomes: Parameters<typeof scoreOf>[1],
  marks: Record<string, string> = {},
  by: Item['by'] = 'auto',
) => {
  const a = itemIn(
    scoreOf(
      paperOf([item('condition', '5', by), item('a', '3')], { c: 'other' }, modifiers),
      outcomes,
      marks,
    ),
    'a',
  );
  return { ...a, state: itemState(a) };
};

describe('contest rules on items', () => {
  it('halve, and say so', () => {
    const a = scored([halve], { condition: failed(), a: passed() });
    expect(a).toMatchObject({ proposed: 1.5, share: '1', state: 'settled' });
    expect(a.reason?.text).toBe('<is-pass>；因“评分点condition”，按规则减半计分');
  });

  it('act on the exact share, so that points are rounded once', () => {
    // 3 × 1/3 × 1/2 is 0.5; a third of 0.05 halved is 0.00833, not the half of a rounded 0.02.
    expect(scored([halve], { condition: failed(), a: partly('1/3') }).proposed).toBe(0.5);
    const small = paperOf([item('condition', '5'), item('a', '0.05')], {}, [halve]);
    expect(itemIn(scoreOf(small, { condition: failed(), a: partly('1/3') }), 'a').proposed).toBe(0.01);
  });

  it('zero', () => {
    expect(scored([{ ...halve, effect: 'zero' }], { condition: failed(), a: passed() }).proposed).toBe(0);
  });

  it('cap, with a condition or always', () => {
    const cap: Modifier = { effect: 'cap', items: ['a'], at: '3/5' };
    expect(scored([cap], { condition: passed(), a: passed() })).toMatchObject({
      proposed: 1.8,
      state: 'settled',
    });
    expect(scored([cap], { condition: passed(), a: partly('1/2') }).proposed).toBe(1.5);
    expect(scored([{ ...cap, when }], { condition: passed(), a: passed() }).proposed).toBe(3);
    expect(scored([{ ...cap, when }], { condition: failed(), a: passed() }).proposed).toBe(1.8);
  });

  it('apply one after the other', () => {
    const cap: Modifier = { effect: 'cap', items: ['a'], at: '3/5' };
    expect(scored([halve, cap], { condition: failed(), a: passed() }).proposed).toBe(1.5);
    expect(scored([cap, halve], { condition: failed(), a: passed() }).proposed).toBe(0.9);
  });

  it('leave alone what their condition does not meet, and what has nothing to lose', () => {
    expect(scored([halve], { condition: partly('1/2'), a: passed() })).toMatchObject({
      proposed: 3,
      state: 'settled',
    });
    expect(scored([halve], { condition: failed(), a: failed() }).reason?.text).toBe('<is-fail>');
    expect(scored([halve], { condition: failed(), a: unsure() })).toMatchObject({
      proposed: null,
      state: 'unknown',
    });
  });

  it.each([
    ['unknown', { condition: unsure() }, 'auto'],
    ['not yet marked', {}, 'examiner'],
  ] as const)('only suggest while their condition is %s', (_name, condition, by) => {
    const a = scored([halve], { ...condition, a: passed() }, {}, by);
    expect(a).toMatchObject({ proposed: 3, state: 'suggested' });
    expect(a.reason?.text).toBe('<is-pass>；“评分点condition”尚未确认，可能影响此项得分');
  });

  it('only suggest while their condition is a suggestion, fulfilled or not', () => {
    expect(scored([halve], { condition: failed(), a: passed() }, {}, 'suggest')).toMatchObject({
      proposed: 1.5,
      state: 'suggested',
    });
    expect(scored([halve], { condition: passed(), a: passed() }, {}, 'suggest')).toMatchObject({
      proposed: 3,
      state: 'suggested',
    });
  });

  it('go by a human on their condition', () => {
    expect(scored([halve], { condition: failed(), a: passed() }, { condition: '5' }).proposed).toBe(3);
    expect(scored([halve], { condition: passed(), a: passed() }, { condition: '0' })).toMatchObject({
      proposed: 1.5,
      state: 'settled',
    });
    expect(scored([halve], { condition: failed(), a: passed() }, { condition: '2' }).proposed).toBe(3);
  });

  it('never touch a mark', () => {
    expect(scored([halve], { condition: failed(), a: passed() }, { a: '3' })).toMatchObject({
      proposed: 1.5,
      final: 3,
    });
  });

  it('take an excused condition for passed: its mistake is charged elsewhere', () => {
    const paper = paperOf([item('other', '2'), item('condition', '5'), item('a', '3')], { c: 'other' }, [
      halve,
    ]);
    const breakdown = scoreOf(paper, {
      other: failed({ cause: 'c' }),
      condition: failed({ cause: 'c' }),
      a: passed(),
    });
    expect(itemIn(breakdown, 'a').proposed).toBe(3);
  });
});
