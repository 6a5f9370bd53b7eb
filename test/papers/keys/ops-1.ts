import Fraction from 'fraction.js';
import { cell, column, stated, sum, tablesOf } from '../tables.ts';
import { type Keys, key } from './key.ts';

const ids: Readonly<Record<string, string>> = {
  自然搜索: 'search',
  直通车: 'paid',
  淘宝客: 'affiliate',
  钻石展位: 'display',
  直接访问: 'direct',
};

const byPageViews: Readonly<Record<string, string>> = {
  自然搜索: '42.58%',
  直通车: '25.00%',
  淘宝客: '13.33%',
  直接访问: '9.09%',
};

export function keysOfOps1(task: string): Keys {
  const [sources = [], shop = [], paid = []] = tablesOf(task);
  const pv = sum(column(sources, 'PV').values());
  const visitors = column(sources, 'UV(已去重)');
  const uv = sum(visitors.values());
  const of = (name: string): Fraction => cell(shop, name, '数值');
  const ad = (name: string): Fraction => cell(paid, name, '数值');
  const bid = stated(task, /出价 ([\d.]+) 元/);
  const theirs = stated(task, /出价 [\d.]+ 元、质量得分 (\d+)/);
  const ours = stated(task, /自己的质量得分 (\d+)/);
  const target = stated(task, /提高到 (\d+)%/).div(100);
  const customer = of('成交金额').div(of('成交客户'));
  const sales = uv.mul(target).mul(customer);
  const shares = [...visitors].map(([source, own]) => {
    const mistaken = byPageViews[source];
    return [
      `ops-5.share-${ids[source]}`,
      key(own.div(uv), mistaken === undefined ? {} : { [mistaken]: '1/2' }),
    ];
  });
  return {
    'ops-1.bid': key(bid.mul(theirs).div(ours).add(new Fraction('0.01')), {
      '0.96': '3/5',
      '1.51': '3/10',
      '1.20': '0',
      '1.21': '0',
    }),
    'ops-5.pv': key(pv, { '6200.00': '0' }),
    'ops-5.uv': key(uv, { '7500.00': '0' }),
    'ops-5.depth': key(pv.div(uv), { '2.48': '1/2' }),
    'ops-5.ctr': key(ad('点击量').div(ad('展现量')), { '2.80%': '3/10', '2941.18%': '0' }),
    'ops-5.ppc': key(ad('花费').div(ad('点击量')), { '1.82': '3/10', '0.67': '0' }),
    'ops-5.roi': key(ad('成交金额').div(ad('花费')), { '2.00': '1/2' }),
    ...Object.fromEntries(shares),
    'ops-6.conversion': key(of('成交客户').div(uv), {
      '3.39%': '1/2',
      '1.00%': '3/10',
      '2.80%': '3/10',
      '2.48%': '3/10',
      '4.06%': '1/5',
    }),
    'ops-6.click-conversion': key(ad('成交笔数').div(ad('点击量')), { '2.91%': '1/2' }),
    'ops-6.bounce': key(of('只访问一页即离开').div(of('总访问次数')), {
      '53.23%': '2/5',
      '17.74%': '1/5',
      '56.00%': '1/5',
    }),
    'ops-6.sales': key(sales),
    'ops-6.increase': key(sales.sub(of('成交金额')), { '0.33': '1/2', '0.01': '0' }),
    'ops-7.customer': key(customer, { '170.06': '2/5', '141.71': '3/10', '5.76': '0' }),
    'ops-7.order': key(of('成交金额').div(of('订单')), { '192.00': '0' }),
  };
}
