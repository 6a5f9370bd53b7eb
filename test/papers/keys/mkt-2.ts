import type Fraction from 'fraction.js';
import { cell, column, stated, sum, type Table, tablesOf } from '../tables.ts';
import { type Keys, key } from './key.ts';

const interactions = (table: Table, post: string): Fraction =>
  sum(['转发', '评论', '点赞'].map((head) => cell(table, post, head)));

export function keysOfMkt2(task: string): Keys {
  const [posts = []] = tablesOf(task);
  const reads = column(posts, '阅读');
  const rates = [...reads].map(([post, read]) => [
    `mkt-6.rate-${post}`,
    key(interactions(posts, post).div(read)),
  ]);
  const all = sum([...reads.keys()].map((post) => interactions(posts, post)));
  const cost = stated(task, /花费按预算 (\d+) 元/);
  const fans = stated(task, /新增粉丝 (\d+) 人/);
  const sales = stated(task, /成交 (\d+) 单/).mul(stated(task, /每单 (\d+) 元/));
  return {
    ...Object.fromEntries(rates),
    'mkt-6.reads': key(sum(reads.values())),
    'mkt-6.interactions': key(all),
    'mkt-6.rate': key(all.div(sum(reads.values())), { '4.60%': '2/5', '13.04%': '3/10' }),
    'mkt-6.fan-cost': key(cost.div(fans)),
    'mkt-6.roi': key(sales.div(cost), { '0.36': '1/2', '4080.00': '0' }),
    'mkt-6.growth': key(fans.div(stated(task, /期初粉丝 (\d+) 人/)), { '4.58%': '1/2' }),
  };
}

/** The post with the highest rate of interaction. */
export function bestPost(task: string): string | undefined {
  const [posts = []] = tablesOf(task);
  const rate = (post: string): Fraction => interactions(posts, post).div(cell(posts, post, '阅读'));
  return [...column(posts, '阅读').keys()].sort((a, b) => rate(b).compare(rate(a)))[0];
}
