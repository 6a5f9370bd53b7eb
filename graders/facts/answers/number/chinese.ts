import Fraction from 'fraction.js';
import { parseDigits } from './exact.ts';

const digitOf: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  貳: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
};
const smallOf: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const bigOf: Readonly<Record<string, bigint>> = {
  万: 10_000n,
  萬: 10_000n,
  亿: 100_000_000n,
  億: 100_000_000n,
};

/** Signs a Chinese numeral is made of, for a character class. */
export const NUMERAL = '零〇一二两三四五六七八九壹贰貳叁肆伍陆柒捌玖十拾百佰千仟万萬亿億';
const DIGIT = '零〇一二两三四五六七八九壹贰貳叁肆伍陆柒捌玖';
const MOST_SIGNS = 30;

interface Sum {
  total: bigint;
  section: bigint;
  digit: bigint;
  /** Worth of the last multiplier: 一万二 is 12 000, the trailing 二 counts a tenth of it. */
  last: bigint;
}

function addSign(sum: Sum, sign: string): void {
  const digit = digitOf[sign];
  if (digit !== undefined) {
    // 零 ends the short form: 一万零二 is 10 002.
    if (digit === 0) sum.last = 1n;
    sum.digit = BigInt(digit);
    return;
  }
  const small = smallOf[sign];
  if (small !== undefined) {
    sum.section += (sum.digit === 0n ? 1n : sum.digit) * BigInt(small);
    sum.last = BigInt(small);
  } else {
    const big = bigOf[sign] ?? 1n;
    sum.total =
      big > 10_000n
        ? (sum.total + sum.section + sum.digit) * big
        : sum.total + (sum.section + sum.digit) * big;
    sum.section = 0n;
    sum.last = big;
  }
  sum.digit = 0n;
}

/** 壹万贰仟 ▶ 12000, 二〇二三 ▶ 2023; null for what is no number (万, 百, 三十万千…万). */
function parseChineseInteger(text: string): bigint | null {
  if (text.length === 0 || text.length > MOST_SIGNS) return null;
  if (new RegExp(`^[${DIGIT}]+$`).test(text)) return BigInt([...text].map((sign) => digitOf[sign]).join(''));
  if (/^[百佰千仟万萬亿億]/.test(text)) return null;
  const sum: Sum = { total: 0n, section: 0n, digit: 0n, last: 1n };
  for (const sign of text) addSign(sum, sign);
  const tail = sum.last >= 100n ? (sum.digit * sum.last) / 10n : sum.digit;
  return sum.total + sum.section + tail;
}

/** 三点二五 ▶ 3.25 with two decimals. Arabic digits pass too: 百分之3.5 needs both. */
function parseNumeral(text: string): { value: Fraction; decimals: number } | null {
  if (/^\d/.test(text)) return parseDigits(text);
  const [whole = '', part] = text.split('点');
  const integer = parseChineseInteger(whole);
  if (integer === null) return null;
  if (part === undefined) return { value: new Fraction(integer), decimals: 0 };
  const decimals = [...part].map((sign) => digitOf[sign]);
  if (decimals.length === 0 || decimals.length > MOST_SIGNS || decimals.includes(undefined)) return null;
  return parseDigits(`${integer}.${decimals.join('')}`);
}

export interface ChineseNumber {
  length: number;
  value: Fraction;
  decimals: number | null;
  /** `%`, `‰`, `成`, `折`; null where a unit may follow. */
  unit: string | null;
}

const operand = `(?:\\d{1,15}(?:\\.\\d{1,15})?|[${NUMERAL}]{1,30}(?:点[${DIGIT}]{1,15})?)`;
const patterns = {
  percent: new RegExp(`百分之(${operand})`, 'y'),
  permille: new RegExp(`千分之(${operand})`, 'y'),
  partOf: new RegExp(`(${operand})分之(${operand})`, 'y'),
  tenths: new RegExp(`([${DIGIT}十])成([${DIGIT}半])?(?![交功本为员立人品绩长分熟都果交型套])`, 'y'),
  discount: new RegExp(`([${DIGIT}]{1,2})折(?!扣|叠)`, 'y'),
  half: /一半/y,
  decimal: new RegExp(`[${NUMERAL}]{1,20}点[${DIGIT}]{1,15}`, 'y'),
  integer: new RegExp(`[${DIGIT}十拾][${NUMERAL}]{1,29}`, 'y'),
  /** All there is, e.g. in a cell. */
  alone: new RegExp(`[${DIGIT}十](?=[次个元件名家条张天]?[ \\t]*$)`, 'y'),
  single: new RegExp(`[${DIGIT}十](?=[)次个元件名家条张天%]|[ \\t]*$)`, 'y'),
};

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

function overBase(match: RegExpExecArray | null, base: number, unit: string): ChineseNumber | null {
  const read = match?.[1] === undefined ? null : parseNumeral(match[1]);
  if (match === null || read === null) return null;
  return { length: match[0].length, value: read.value.div(base), decimals: read.decimals, unit };
}

function tenthsAt(text: string, at: number): ChineseNumber | null {
  const match = matchAt(patterns.tenths, text, at);
  if (match === null) return null;
  const tenths = parseChineseInteger(match[1] ?? '');
  const hundredths = match[2] === '半' ? 5n : parseChineseInteger(match[2] ?? '零');
  if (tenths === null || hundredths === null) return null;
  return {
    length: match[0].length,
    value: new Fraction(tenths * 10n + hundredths, 100n),
    decimals: null,
    unit: '成',
  };
}

function discountAt(text: string, at: number): ChineseNumber | null {
  const match = matchAt(patterns.discount, text, at);
  const digits = parseChineseInteger(match?.[1] ?? '');
  if (match === null || digits === null) return null;
  const base = match[1]?.length === 2 ? 100n : 10n;
  return { length: match[0].length, value: new Fraction(digits, base), decimals: null, unit: '折' };
}

function partOfAt(text: string, at: number): ChineseNumber | null {
  const match = matchAt(patterns.partOf, text, at);
  const below = parseNumeral(match?.[1] ?? '');
  const above = parseNumeral(match?.[2] ?? '');
  if (match === null || below === null || above === null || below.value.equals(0)) return null;
  return { length: match[0].length, value: above.value.div(below.value), decimals: null, unit: null };
}

/** Words before a lone 一 … 十 that make it an answer (最多三个, 可发一次, （一）) and not part of prose (一个, 三点). */
const answerBefore = /(?:[:=(≈约为是共多发达到]) {0,3}$/;

function singleAt(text: string, at: number): RegExpExecArray | null {
  const before = text.slice(Math.max(0, at - 4), at);
  if (before.trim() === '') return matchAt(patterns.alone, text, at);
  return answerBefore.test(before) ? matchAt(patterns.single, text, at) : null;
}

/** 三三两两, 一二三四 are words or lists; 十分 is an adverb. */
const isWord = (numeral: string, text: string, at: number): boolean =>
  (numeral.length > 1 && !/[点十拾百佰千仟万萬亿億]/.test(numeral)) ||
  /^十分[^钟]/.test(text.slice(at, at + 3));

function plainAt(text: string, at: number): ChineseNumber | null {
  const match =
    matchAt(patterns.decimal, text, at) ?? matchAt(patterns.integer, text, at) ?? singleAt(text, at);
  const read = match === null ? null : parseNumeral(match[0]);
  if (match === null || read === null || isWord(match[0], text, at)) return null;
  return { length: match[0].length, value: read.value, decimals: read.decimals, unit: null };
}

/**
 * A number in Chinese words that starts exactly at `at`: 百分之三点二五, 三分之一, 三成五, 七折, 一半, 壹万贰仟, 三点五.
 * 成 and 折 are parts of one (三成 is 0.3; 七折 pays 0.7); the item says whether they are asked.
 */
export function chineseAt(text: string, at: number): ChineseNumber | null {
  if (matchAt(patterns.half, text, at))
    return { length: 2, value: new Fraction(1n, 2n), decimals: null, unit: null };
  return (
    overBase(matchAt(patterns.percent, text, at), 100, '%') ??
    overBase(matchAt(patterns.permille, text, at), 1000, '‰') ??
    partOfAt(text, at) ??
    tenthsAt(text, at) ??
    discountAt(text, at) ??
    plainAt(text, at)
  );
}
