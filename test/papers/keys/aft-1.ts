import Fraction from 'fraction.js';
import { stated } from '../tables.ts';
import { type Keys, key } from './key.ts';

/** 《消费者权益保护法》第五十五条: three times the price, at least 500 yuan. */
export function keysOfAft1(task: string): Keys {
  const price = stated(task, /一条，(\d+) 元/);
  const least = new Fraction(500);
  const triple = price.mul(3);
  const extra = triple.compare(least) < 0 ? least : triple;
  return {
    'aftersale-7.extra': key(extra, { '384.00': '2/5', '512.00': '2/5', '1280.00': '0' }),
    'aftersale-7.total': key(price.add(extra), { '500.00': '0', '512.00': '2/5' }),
  };
}
