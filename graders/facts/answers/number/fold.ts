/** Stands where an enumerator stood: ends whatever number was being read, belongs to none. */
export const BREAK = '\u0000';

const pairs: Readonly<Record<string, string>> = {
  '￥': '¥',
  '−': '-',
  '﹣': '-',
  '∶': ':',
  '︰': ':',
  '﹕': ':',
  '∕': '/',
  '⁄': '/',
  '✕': '×',
  '✖': '×',
  '﹪': '%',
  '﹒': '.',
  '【': '[',
  '】': ']',
  '〔': '[',
  '〕': ']',
};

const blanks = /[\u00a0\u00ad\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff]/;
const enclosed = /[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]/;

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return unit;
  // The full-width comma separates more often than it groups: the reader of digits decides, so it must still see it.
  if (code === 0xff0c) return unit;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (enclosed.test(unit)) return BREAK;
  if (blanks.test(unit)) return ' ';
  return pairs[unit] ?? unit;
}

/** `1.` `1、` `(1)` `一、` `（一）` `A.` `第3题` before something else on the line; never the 1. of 1.50, a filled-in `（一）次` or a list `12、74、180`. */
const enumerators =
  /(^|[\n。；;])([ \t]{0,20})(\(\d{1,2}\)(?! ?[次个元件名%])|\d{1,2}\.(?!\d|[oOlI]{1,3}[%元\d])|\d{1,2}、(?!\d+(?:\.\d+)?、\d)|\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)(?! ?[次个元件名%])|[一二三四五六七八九十]{1,3}[、.]|[A-Za-z][.、)](?!\d)|第[\d一二三四五六七八九十]{1,3}[题问空])(?=[ \t]{0,20}[^\s+×÷*/=:)])/g;

/**
 * The text in plain half-width signs, **every character at its old place** so offsets stay those of the original:
 * full-width digits and marks, odd blanks, minus and ratio signs are made plain; enumerators (①, `1、`, `（一）`)
 * become `BREAK`, so that ①3.00% is never 13.00 %. Superscripts are left alone: 10² is not 102.
 */
export function fold(text: string): string {
  let plain = '';
  for (let at = 0; at < text.length; at += 1) plain += foldUnit(text.charAt(at));
  return plain.replace(
    enumerators,
    (_, before: string, indent: string, sign: string) => before + indent + BREAK.repeat(sign.length),
  );
}
