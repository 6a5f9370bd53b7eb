import { describe, expect, it } from 'vitest';
import { itemState } from '../../rubrics/breakdown.ts';
import { failed, item, itemIn, paperOf, partly, passed, scoreOf, unsure } from './scored-paper.ts';

/** tea1 handed in unturned: the turn item is charged, the size item shares the cause. */
const causes = { 'turn:tea1': 'turn' };
const turned = { cause: 'turn:tea1' };
const paper = paperOf([item('turn', '5'), item('size', '2'), item('other', '3', 'examiner')], causes);
const states = (outcomes: Parameters<typeof scoreOf>[1], marks: Record<string, string> = {}, of = paper) => {
  const size = itemIn(scoreOf(of, outcomes, marks), 'size');
  return { ...size, state: itemState(size) };
};

describe('one root cause, one deduction (F6)', () => {
  it('excuses an item when the charged one has lost points for the same cause', () => {
    const size = states({ turn: failed(turned), size: failed(turned) });
    expect(size).toMatchObject({ excused: true, proposed: 2, outcome: 'fail', share: '0', state: 'settled' });
    expect(size.reason?.text).toBe('<is-fail>；同一原因已在“评分点turn”扣分，此项不再扣分');
  });

  it('also when the charged one lost only a part', () => {
    expect(states({ turn: partly('1/2', turned), size: failed(turned) })).toMatchObject({
      excused: true,
      proposed: 2,
    });
  });

  it('charges the charged item itself', () => {
    expect(itemIn(scoreOf(paper, { turn: failed(turned), size: failed(turned) }), 'turn')).toMatchObject({
      excused: false,
      proposed: 0,
    });
  });

  it('charges an item whose charged item lost nothing', () => {
    expect(states({ turn: passed(), size: failed(turned) })).toMatchObject({
      excused: false,
      proposed: 0,
      state: 'settled',
    });
  });

  it('charges an item whose charged item lost points for something else', () => {
    expect(states({ turn: failed({ cause: 'dark:tea1' }), size: failed(turned) })).toMatchObject({
      excused: false,
      proposed: 0,
    });
    expect(states({ turn: failed(), size: failed(turned) })).toMatchObject({ excused: false, proposed: 0 });
  });

  it('charges an item whose own loss has another cause, or one that the paper does not name', () => {
    expect(states({ turn: failed(turned), size: failed() })).toMatchObject({ excused: false, proposed: 0 });
    expect(states({ turn: failed(turned), size: failed({ cause: 'toString' }) })).toMatchObject({
      excused: false,
      proposed: 0,
    });
  });

  it('excuses nothing where nothing was lost', () => {
    expect(states({ turn: failed(turned), size: passed(turned) })).toMatchObject({
      excused: false,
      proposed: 2,
    });
  });

  it.each([
    ['unknown', { turn: unsure() }],
    ['unknown for this very cause', { turn: unsure(turned) }],
    ['not run', {}],
  ])('lets an item wait while the charged one is %s', (_name, turn) => {
    const size = states({ ...turn, size: failed(turned) });
    expect(size).toMatchObject({
      outcome: 'unknown',
      share: null,
      proposed: null,
      excused: false,
      state: 'unknown',
      reason: { code: 'waits-for-cause', values: { item: 'turn', finding: 'is-fail' } },
    });
    expect(size.reason?.text).toBe(
      '<is-fail>；与“评分点turn”出于同一原因，待该项评定后再定，同一错误不重复扣分',
    );
  });

  it('waits for an examiner too, and is settled by what he decides', () => {
    const human = paperOf([item('turn', '5', 'examiner'), item('size', '2')], causes);
    expect(states({ size: failed(turned) }, {}, human).state).toBe('unknown');
    expect(states({ size: failed(turned) }, { turn: '3' }, human)).toMatchObject({
      excused: true,
      proposed: 2,
      state: 'settled',
    });
    expect(states({ size: failed(turned) }, { turn: '5' }, human)).toMatchObject({
      excused: false,
      proposed: 0,
      state: 'settled',
    });
  });

  it('charges the item when a human gives the charged one its points back', () => {
    expect(states({ turn: failed(turned), size: failed(turned) }, { turn: '5' })).toMatchObject({
      excused: false,
      proposed: 0,
    });
  });

  it('excuses the item when a human takes points that the machine had given', () => {
    expect(states({ turn: passed(), size: failed(turned) }, { turn: '0' })).toMatchObject({
      excused: true,
      proposed: 2,
    });
  });

  it('only suggests what hangs on a suggestion', () => {
    const soft = paperOf([item('turn', '5', 'suggest'), item('size', '2')], causes);
    expect(states({ turn: failed(turned), size: failed(turned) }, {}, soft)).toMatchObject({
      excused: true,
      state: 'suggested',
    });
    expect(states({ turn: passed(), size: failed(turned) }, {}, soft)).toMatchObject({
      excused: false,
      state: 'suggested',
    });
    expect(states({ turn: failed(turned), size: failed(turned) }, { turn: '0' }, soft)).toMatchObject({
      state: 'settled',
    });
    expect(states({ turn: failed({ cause: 'x' }), size: failed(turned) }, {}, soft)).toMatchObject({
      state: 'settled',
    });
  });

  it('yields to a mark', () => {
    expect(states({ turn: failed(turned), size: failed(turned) }, { size: '1' })).toMatchObject({
      proposed: 2,
      final: 1,
      state: 'settled',
    });
    expect(states({ turn: unsure(), size: failed(turned) }, { size: '1' })).toMatchObject({
      final: 1,
      state: 'settled',
    });
  });
});
