import Fraction from 'fraction.js';
import { parseDigits } from './exact.ts';

export interface DigitReading {
  length: number;
  value: Fraction;
  decimals: number;
  /** `decimal-comma`, `letter-o`, `grouping`; null when the digits are plain. */
  unclear: string | null;
  /** What the digits would be under the other reading of their comma. */
  otherwise: Fraction | null;
}

type Shape = {
  pattern: RegExp;
  /** Plain digits from the match. */
  plain: (written: string) => string;
  unclear: string | null;
  other?: (written: string) => string;
};

const bare = (written: string): string => written.replace(/[, ，]/g, '');
const commaIsPoint = (written: string): string => written.replace(/[ .]/g, '').replace(/[,，]/, '.');

/** Most specific first. Groups are strictly of three, so a list 180,133,264,23 or 102,74 is not swallowed. */
const shapes: readonly Shape[] = [
  { pattern: /(?<!\d[,，])\d{1,3}(?:,\d{3}){2,10}(?:\.\d+)?(?![\d,])/y, plain: bare, unclear: null },
  { pattern: /(?<!\d[,，])\d{1,3},\d{3}\.\d+(?![\d,.])/y, plain: bare, unclear: null },
  { pattern: /(?<!\d[,，])\d{1,3},\d{3}(?![\d,.]|\.\d)/y, plain: bare, unclear: null, other: commaIsPoint },
  { pattern: /(?<!\d[,，])\d{1,3},\d{3}(?=\.(?!\d))/y, plain: bare, unclear: null, other: commaIsPoint },
  { pattern: /(?<!\d[,，])\d{1,2}，\d{3}(?:\.\d+)?(?![\d,，])/y, plain: bare, unclear: 'grouping' },
  { pattern: /\d{1,3}(?:\.\d{3}){1,10},\d{1,2}(?![\d,.])/y, plain: commaIsPoint, unclear: 'decimal-comma' },
  { pattern: /\d{1,3}(?: \d{3}){1,10},\d{1,2}(?![\d,])/y, plain: commaIsPoint, unclear: 'decimal-comma' },
  {
    pattern: /(?<!(?:^|[^\w.])\d{1,4} )\d{1,2}(?: \d{3}){1,10}(?:\.\d+)?(?![\d,.]| ?[\d:])/y,
    plain: bare,
    unclear: null,
  },
  {
    pattern: /(?<!(?:^|[^\w.])\d{1,4} )\d{3} \d{3}(?:\.\d+)?(?![\d,.]| ?[\d:])/y,
    plain: bare,
    unclear: 'grouping',
  },
  {
    pattern: /(?<!\d[,，])\d+,\d{1,2}(?![\d,]|、|，\d)/y,
    plain: commaIsPoint,
    unclear: 'decimal-comma',
    other: bare,
  },
  { pattern: /\d*\.\d+/y, plain: bare, unclear: null },
  { pattern: /\d+/y, plain: bare, unclear: null },
];

/** `3.1E-2`, as spreadsheets show small values. */
function scientificAt(text: string, at: number): DigitReading | null {
  const match = /^(\d{1,20}(?:\.\d{1,20})?)[eE]([+-]?\d{1,2})(?![\w.])/.exec(text.slice(at, at + 46));
  const read = parseDigits(match?.[1] ?? '');
  if (match === null || read === null) return null;
  const exponent = Number(match[2]);
  const scale = new Fraction(10n ** BigInt(Math.abs(exponent)));
  const value = exponent < 0 ? read.value.div(scale) : read.value.mul(scale);
  return {
    length: match[0].length,
    value,
    decimals: read.decimals - exponent,
    unclear: null,
    otherwise: null,
  };
}

/** The letters that slip in for digits: O and o for 0, l and I for 1. Only inside something that is clearly a number. */
const slips =
  /(?=[\doOlI.]*\d)(?=[\d.]*[oOlI])(?:[\doO]|[lI](?=[\d.oO]))+(?:\.[\doOlI]+)?(?=[%元]| ?%|[^A-Za-z\d.]|$)/y;

const execAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

/** `1O.5` ▶ 10.5 and flagged. `5l`, `O2`, `l3` alone are no slips: the letter must touch a digit on the number's inside. */
function slipAt(text: string, at: number): DigitReading | null {
  const window = text.slice(at, at + 40);
  const written = execAt(slips, window, 0);
  if (written === null || /^\d+[lI]$/.test(written)) return null;
  // O2 and l3 are names; only a percent sign makes l8% a number.
  if (/^[oOlI]+\d*$/.test(written) && !/^ ?%/.test(window.slice(written.length))) return null;
  const read = parseDigits(written.replace(/[oO]/g, '0').replace(/[lI]/g, '1'));
  return read && { length: written.length, ...read, unclear: 'letter-o', otherwise: null };
}

/**
 * Arabic digits that start exactly at `at`, with grouping by comma or blank; null when there are none, or too many.
 * A comma before one or two digits is read as a decimal comma and flagged, `1,234` as a thousand with the other
 * reading kept: the check tries both, so an unusual comma never costs points by a guess.
 */
export function digitsAt(text: string, at: number): DigitReading | null {
  const special = slipAt(text, at) ?? scientificAt(text, at);
  if (special !== null) return special;
  for (const shape of shapes) {
    const written = execAt(shape.pattern, text, at);
    if (written === null) continue;
    const read = parseDigits(shape.plain(written));
    if (read === null) return null;
    const otherwise = shape.other ? (parseDigits(shape.other(written))?.value ?? null) : null;
    return { length: written.length, ...read, unclear: shape.unclear, otherwise };
  }
  return null;
}
