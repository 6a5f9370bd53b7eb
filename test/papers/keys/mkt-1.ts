import Fraction from 'fraction.js';
import { cell, stated, sum, tablesOf } from '../tables.ts';
import { type Key, type Keys, key } from './key.ts';

const days: Readonly<Record<string, string>> = {
  一: 'monday',
  二: 'tuesday',
  三: 'wednesday',
  四: 'thursday',
  五: 'friday',
  六: 'saturday',
  日: 'sunday',
};

export function keysOfMkt1(task: string): Keys {
  const [table = []] = tablesOf(task);
  const joined = Object.keys(days).map((day) => cell(table, '新关注', day));
  const left = Object.keys(days).map((day) => cell(table, '取消', day));
  const net: Record<string, Key> = {};
  for (const [day, id] of Object.entries(days)) {
    net[`mkt-6.net-${id}`] = key(cell(table, '新关注', day).sub(cell(table, '取消', day)));
  }
  const before = stated(task, /期初粉丝 (\d+) 人/);
  const end = before.add(sum(joined)).sub(sum(left));
  const [women, men, unsaid] = [/女性 (\d+) 人/, /男性 (\d+) 人/, /未知 (\d+) 人/].map((said) =>
    stated(task, said),
  );
  const all = sum([women ?? new Fraction(0), men ?? new Fraction(0), unsaid ?? new Fraction(0)]);
  return {
    // The platform's own rules, not to be computed from anything in the task.
    'mkt-1.subscription': key(new Fraction(1)),
    'mkt-1.service': key(new Fraction(4)),
    'mkt-1.first-level': key(new Fraction(3)),
    'mkt-1.second-level': key(new Fraction(5)),
    ...net,
    'mkt-6.joined': key(sum(joined)),
    'mkt-6.left': key(sum(left)),
    'mkt-6.net': key(sum(joined).sub(sum(left))),
    'mkt-6.total': key(end, { '1140.00': '3/10', '10200.00': '1/2' }),
    'mkt-6.leaving': key(sum(left).div(before.add(sum(joined))), {
      '2.00%': '1/2',
      '2.26%': '1/2',
      '14.93%': '3/10',
    }),
    'mkt-6.reading': key(stated(task, /阅读 (\d+) 人/).div(stated(task, /送达 (\d+) 人/)), {
      '18.00%': '1/2',
    }),
    'mkt-6.women': key((women ?? all).div(all), { '64.62%': '1/2' }),
    'mkt-6.men': key((men ?? all).div(all), { '35.38%': '1/2' }),
  };
}
