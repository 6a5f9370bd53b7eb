import Fraction from 'fraction.js';
import { cell, column, stated, sum, tablesOf } from '../tables.ts';
import { type Keys, key } from './key.ts';

const wordIds: Readonly<Record<string, string>> = {
  保温杯: 'thermos',
  保温杯女士便携: 'women',
  '316不锈钢保温杯': 'steel',
  大容量保温杯: 'large',
  儿童保温杯带吸管: 'children',
  玻璃杯: 'glass',
  智能测温保温杯: 'smart',
  商务礼品杯: 'gift',
};

const inverted: Readonly<Record<string, string>> = {
  保温杯: '20.00',
  保温杯女士便携: '6.67',
  '316不锈钢保温杯': '5.00',
  大容量保温杯: '10.00',
  儿童保温杯带吸管: '4.55',
  玻璃杯: '5.00',
  智能测温保温杯: '2.86',
  商务礼品杯: '4.00',
};

const perInquiry: Readonly<Record<string, string>> = { A: '63.00', B: '71.50', C: '64.00' };
const scoreMistakes: Readonly<Record<string, Record<string, string>>> = {
  A: { '100.00': '1/2' },
  B: { '92.50': '1/2' },
  C: { '94.00': '1/2', '74.80': '1' },
};

const least = (value: Fraction, limit: number): Fraction =>
  value.compare(limit) > 0 ? new Fraction(limit) : value;

function pricing(task: string): { keys: Keys; goods: Fraction; variable: Fraction } {
  const prices = /竞品价格（元）\*\*：([\d、]+)/.exec(task)?.[1]?.split('、') ?? [];
  const goods = stated(task, /进货 ([\d.]+) 元/);
  const variable = goods.add(stated(task, /包装 ([\d.]+) 元/)).add(stated(task, /快递 ([\d.]+) 元/));
  const share = stated(task, /固定费用分摊（(\d+)/).div(stated(task, /固定费用分摊（\d+ ÷ (\d+)/));
  const rate = stated(task, /加成率 (\d+)%/)
    .div(100)
    .add(1);
  return {
    goods,
    variable,
    keys: {
      'ops-3.average': key(sum(prices.map((price) => new Fraction(price))).div(prices.length)),
      'ops-3.markup': key(variable.add(share).mul(rate), { '56.70': '2/5', '84.17': '2/5' }),
    },
  };
}

function profit(task: string, goods: Fraction, unitVariable: Fraction): Keys {
  const price = stated(task, /售价 (\d+) 元/);
  const pieces = stated(task, /月销 (\d+) 件/);
  const fixed = stated(task, /固定费用 (\d+) 元/);
  const rate = stated(task, /佣金为销售收入的 (\d+)%/).div(100);
  const income = price.mul(pieces);
  const variable = unitVariable.mul(pieces);
  const commission = income.mul(rate);
  const cost = variable.add(commission).add(fixed);
  const gain = income.sub(cost);
  return {
    'ops-8.income': key(income),
    'ops-8.variable': key(variable),
    'ops-8.commission': key(commission),
    'ops-8.cost': key(cost, { '60600.00': '1/2', '53340.00': '2/5' }),
    'ops-8.profit': key(gain, { '34200.00': '1/2', '41460.00': '2/5' }),
    'ops-8.margin': key(gain.div(income), { '45.09%': '1/2' }),
    'ops-8.gross': key(income.sub(goods.mul(pieces)).div(income), { '48.73%': '3/5' }),
    'ops-8.break-even': key(fixed.div(price.sub(unitVariable).sub(price.mul(rate))), {
      '347.00': '3/5',
      '347.32': '4/5',
      '312.00': '2/5',
    }),
  };
}

function service(table: ReturnType<typeof tablesOf>[number]): Keys {
  const rows = [...column(table, '询单人数').keys()].map((name) => {
    const of = (head: string): Fraction => cell(table, name, head);
    const inquiry = of('付款人数').div(of('询单人数'));
    const basket = of('销售额（元）').div(of('付款人数'));
    const score = least(inquiry.mul(2).mul(40), 40)
      .add(least(basket.div(150).mul(30), 30))
      .add(least(new Fraction(30).div(of('平均响应（秒）')).mul(30), 30));
    const id = name.toLowerCase();
    return {
      [`ops-8.inquiry-${id}`]: key(inquiry),
      [`ops-8.basket-${id}`]: key(basket, { [perInquiry[name] ?? '']: '0' }),
      [`ops-8.score-${id}`]: key(score, scoreMistakes[name]),
    };
  });
  return Object.assign({}, ...rows);
}

export function keysOfOps2(task: string): Keys {
  const [words = [], staff = []] = tablesOf(task);
  const { keys, goods, variable } = pricing(task);
  const ratios = [...column(words, '搜索人气')].map(([word, searches]) => [
    `ops-4.ratio-${wordIds[word]}`,
    key(searches.div(cell(words, word, '在线商品数')), { [inverted[word] ?? '']: '0' }),
  ]);
  return { ...keys, ...Object.fromEntries(ratios), ...profit(task, goods, variable), ...service(staff) };
}
