import { describe, expect, it } from 'vitest';
import { cost, speed } from '../../bench/figure.ts';
import { tableOf } from '../../bench/report.ts';
import { alternate } from '../../bench/rounds.ts';

describe('alternate', () => {
  it('measures ours and the baseline in turn and leaves the first pair out', async () => {
    const order: string[] = [];
    const side = (name: string, factor: number) => async (round: number) => {
      order.push(`${name}${round}`);
      return (round + 1) * factor;
    };
    const sides = await alternate(2, { ours: side('ours', 1), baseline: side('base', 10) }, async (round) => {
      order.push(`tidy${round}`);
    });
    expect(order).toEqual(['ours0', 'base0', 'tidy0', 'ours1', 'base1', 'tidy1', 'ours2', 'base2', 'tidy2']);
    expect(sides).toEqual({ ours: [2, 3], baseline: [20, 30] });
  });
});

describe('figures', () => {
  const sides = { ours: [2, 2, 4], baseline: [1, 1, 1] };

  it('tell speed as the baseline over ours and cost as ours over the baseline', () => {
    const name = 'upload';
    const fast = speed({ name, about: '', goal: { atLeast: 0.6 } }, sides);
    const dear = cost({ name, about: '', goal: { atMost: 2 } }, sides);
    expect(fast).toMatchObject({ value: { min: 0.25, median: 0.5, max: 0.5 }, met: false, rounds: 3 });
    expect(dear).toMatchObject({ value: { min: 2, median: 2, max: 4 }, met: true });
  });

  it('stand in a Markdown table with goal and verdict', () => {
    const missed = speed({ name: 'upload', about: '', goal: { atLeast: 0.6 } }, sides);
    const told = cost({ name: 'told', about: '' }, sides);
    const [heading, rule, first, second] = tableOf([missed, told]).split('\n');
    expect(heading).toMatch(/^\| figure +\| median +\| min–max/);
    expect(rule).toMatch(/^\|[ -]+\|/);
    expect(first).toMatch(/^\| upload +\| 0\.500 × +\| 0\.250–0\.500 +\| ≥ 0\.6 × ✗ +\| 2\.00 s +\| 1\.00 s/);
    expect(second).toMatch(/^\| told +\| 2\.00 × +\| 2\.00–4\.00 +\| – /);
  });
});
