import Fraction from 'fraction.js';
import { namesWhatFollows } from './aside.ts';
import { chineseAt } from './chinese.ts';
import { digitsAt } from './digits.ts';
import { parseDigits } from './exact.ts';
import { unitAt } from './unit.ts';

/** One number as written, sign not yet applied. */
export interface NumberToken {
  kind: 'number';
  start: number;
  end: number;
  value: Fraction;
  decimals: number | null;
  unit: string | null;
  unclear: string | null;
  otherwise: Fraction | null;
}

export const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const execAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

const plainUnit = { unclear: null, otherwise: null };

/** `1234元5角6分`, `5角`: what stands behind the yuan counts tenths and hundredths. */
function moneyTail(text: string, at: number): { length: number; value: Fraction; decimals: number } | null {
  const match = /^(\d)角(?:(\d)分)?/.exec(text.slice(at, at + 4));
  if (match === null) return null;
  const cents = BigInt(`${match[1]}${match[2] ?? '0'}`);
  return {
    length: match[0].length,
    value: new Fraction(cents, 100n),
    decimals: match[2] === undefined ? 1 : 2,
  };
}

/** `1:3`, `3.00:1`. The value is the second over the first (投入:产出); the other reading is kept unless the first is 1. */
export function ratioAt(text: string, at: number): NumberToken | null {
  const match = /^(\d{1,12}(?:\.\d{1,6})?) ?: ?(\d{1,12}(?:\.\d{1,6})?)(?![\d%:.]| ?[%‰元])/.exec(
    text.slice(at, at + 44),
  );
  const first = parseDigits(match?.[1] ?? '');
  const second = parseDigits(match?.[2] ?? '');
  if (match === null || first === null || second === null || first.value.equals(0) || second.value.equals(0))
    return null;
  const outputFirst = /产出.{0,3}[:比/].{0,3}投入|成交额?.{0,3}[:比/].{0,3}花费/.test(
    text.slice(Math.max(0, at - 24), at),
  );
  const forward = second.value.div(first.value);
  const span = {
    kind: 'number',
    start: at,
    end: at + match[0].length,
    decimals: second.decimals,
    unit: 'ratio',
  } as const;
  if (first.value.equals(1)) return { ...span, value: forward, ...plainUnit };
  const back = first.value.div(second.value);
  const decimals = second.value.equals(1) ? first.decimals : null;
  if (outputFirst) return { ...span, decimals, value: back, ...plainUnit };
  return { ...span, decimals, value: forward, unclear: 'two-readings', otherwise: back };
}

/** A number in Chinese words with the multiplier and unit behind it. */
export function chineseToken(text: string, at: number): NumberToken | null {
  const read = chineseAt(text, at);
  if (read === null) return null;
  if (read.unit !== null) {
    return { kind: 'number', start: at, end: at + read.length, ...read, ...plainUnit };
  }
  const unit = unitAt(text, at + read.length, read.value);
  return {
    kind: 'number',
    start: at,
    end: at + read.length + unit.length,
    value: read.value.mul(unit.factor),
    decimals: read.decimals === null ? null : read.decimals - unit.shift,
    unit: unit.unit,
    ...plainUnit,
  };
}

/** `1.2万`, `3万2千`, `1万2000`: smaller amounts written behind a multiplier add up. */
function compound(text: string, token: NumberToken, shift: number): NumberToken {
  if (shift < 4 || token.unit !== null || !/\d/.test(text.charAt(token.end))) return token;
  const rest = digitsAt(text, token.end);
  if (rest === null || rest.decimals > 0) return token;
  const unit = unitAt(text, token.end + rest.length, rest.value);
  const value = rest.value.mul(unit.factor);
  if (value.gte(10 ** shift) || (unit.shift === 0 && rest.length !== shift)) return token;
  return {
    ...token,
    end: token.end + rest.length + unit.length,
    value: token.value.add(value),
    decimals: 0,
    unit: unit.unit,
  };
}

/** Digits with multiplier and unit. `answers`: behind = or an operator even 316不… is a number, elsewhere a name. */
export function arabicToken(text: string, at: number, answers: boolean): NumberToken | null {
  const read = digitsAt(text, at);
  if (read === null) return null;
  const after = at + read.length;
  const jiao = execAt(/角(?:\d分)?/y, text, after);
  if (jiao !== null && read.length === 1) {
    const tail = moneyTail(text, at);
    if (tail !== null)
      return { kind: 'number', start: at, end: at + tail.length, ...tail, unit: '元', ...plainUnit };
  }
  const unit = unitAt(text, after, read.value);
  const bareInteger = unit.length === 0 && read.decimals === 0 && read.unclear === null;
  if (bareInteger && !answers && namesWhatFollows(text, after)) return null;
  const token: NumberToken = {
    kind: 'number',
    start: at,
    end: after + unit.length,
    value: read.value.mul(unit.factor),
    decimals: unit.unit === '成' || unit.unit === '折' ? null : read.decimals - unit.shift,
    unit: unit.unit,
    unclear: unit.doubtful ? 'two-readings' : read.unclear,
    otherwise: unit.doubtful ? read.value : (read.otherwise?.mul(unit.factor) ?? null),
  };
  const tail = unit.unit === '元' ? moneyTail(text, token.end) : null;
  if (tail === null) return compound(text, token, unit.shift);
  return {
    ...token,
    end: token.end + tail.length,
    value: token.value.add(tail.value),
    decimals: tail.decimals,
  };
}

/** 10² is ten to the two; m² is nothing. */
export function superscriptToken(text: string, at: number): NumberToken | null {
  const digit = superscripts.indexOf(text.charAt(at));
  if (digit < 0 || text.charAt(at) === '') return null;
  return {
    kind: 'number',
    start: at,
    end: at + 1,
    value: new Fraction(digit),
    decimals: 0,
    unit: null,
    ...plainUnit,
  };
}

const currencyAt = /(?:¥|\$|RMB|CNY|人民币) ?(?=\.?\d)/y;

/** `￥1,234.50`, `RMB 1234.5`. */
export function currencyToken(text: string, at: number): NumberToken | null {
  const sign = execAt(currencyAt, text, at);
  if (sign === null) return null;
  const amount = arabicToken(text, at + sign.length, true);
  return amount && { ...amount, start: at, unit: '元' };
}
