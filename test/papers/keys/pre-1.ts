import type Fraction from 'fraction.js';
import { cell, stated, sum, type Table, tablesOf } from '../tables.ts';
import { type Key, type Keys, key } from './key.ts';

const yearMistakes: Readonly<Record<string, Record<string, string>>> = {
  K01: { '62000.00': '3/10', '40300.00': '3/10' },
  K05: { '13000.00': '3/10', '8450.00': '3/10' },
};
const lifeMistakes: Readonly<Record<string, string>> = { K01: '65100.00', K05: '22750.00' };

const customersOf = (table: Table): string[] => table.slice(1).map(([name = '']) => name);

/** 实际成交额 by customer, the largest first. */
function netAmounts(table: Table): [string, Fraction][] {
  return customersOf(table)
    .map((name): [string, Fraction] => [name, cell(table, name, '成交金额').sub(cell(table, name, '退款'))])
    .sort(([, a], [, b]) => b.compare(a));
}

function values(table: Table, margin: Fraction): Record<string, Key> {
  return Object.assign(
    {},
    ...['K01', 'K05'].map((name) => {
      const of = (head: string): Fraction => cell(table, name, head);
      const each = of('成交金额').sub(of('退款')).div(of('年购买次数'));
      const year = each.mul(of('年购买次数')).mul(margin);
      const id = name.toLowerCase();
      return {
        [`presale-6.each-${id}`]: key(each, name === 'K05' ? { '5000.00': '0' } : {}),
        [`presale-6.year-${id}`]: key(year, yearMistakes[name]),
        [`presale-6.life-${id}`]: key(year.mul(of('年限')).sub(of('获客成本')), {
          [lifeMistakes[name] ?? '']: '1/2',
        }),
      };
    }),
  );
}

export function keysOfPre1(task: string): Keys {
  const [table = []] = tablesOf(task);
  const net = netAmounts(table);
  const total = sum(net.map(([, amount]) => amount));
  const keys: Record<string, Key> = {
    ...values(table, stated(task, /毛利率（(\d+)%）/).div(100)),
    'presale-7.net': key(cell(table, 'K04', '成交金额').sub(cell(table, 'K04', '退款')), { '26000.00': '0' }),
    'presale-7.total': key(total, { '208000.00': '0' }),
  };
  for (const [position, [name, amount]] of net.entries()) {
    const sofar = sum(net.slice(0, position + 1).map(([, value]) => value));
    keys[`presale-7.share-${name.toLowerCase()}`] = key(amount.div(total));
    keys[`presale-7.cumulative-${name.toLowerCase()}`] = key(sofar.div(total));
  }
  return keys;
}

/** Class of each customer by the thresholds that the task prints: 70 and 90 per cent, the customer included. */
export function classesOfPre1(task: string): Record<string, 'A' | 'B' | 'C'> {
  const [table = []] = tablesOf(task);
  const net = netAmounts(table);
  const total = sum(net.map(([, amount]) => amount));
  const first = stated(task, /不超过 (\d+)% 为 A/).div(100);
  const second = stated(task, /不超过 (\d+)% 为 B/).div(100);
  return Object.fromEntries(
    net.map(([name], position) => {
      const share = sum(net.slice(0, position + 1).map(([, value]) => value)).div(total);
      return [name, share.compare(first) <= 0 ? 'A' : share.compare(second) <= 0 ? 'B' : 'C'];
    }),
  );
}
