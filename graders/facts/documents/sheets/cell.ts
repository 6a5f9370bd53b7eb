import * as xlsx from '@e965/xlsx';
import type { StoredNumber } from '../read.ts';

/** Excel calculates and shows 15 digits; what stands behind them is the noise of binary fractions. */
const digits = 15;

/** A stored double as an exact decimal. */
export function decimalText(value: number): string {
  const text = String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)));
  if (!text.includes('e')) return text;
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}

/** A workbook has a handful of formats and many cells; telling a date's is dear. */
const dateFormats = new Map<string, boolean>();

function isDateFormat(format: string): boolean {
  const known = dateFormats.get(format);
  if (known !== undefined) return known;
  if (dateFormats.size > 1_000) dateFormats.clear();
  const is: boolean = xlsx.SSF.is_date(format);
  dateFormats.set(format, is);
  return is;
}

const decimalsShown = (shown: string): number => /\.(\d+)/.exec(shown)?.[1]?.length ?? 0;

function unitShown(shown: string, format: string): string | null {
  if (shown.includes('%')) return '%';
  if (/[¥￥元]/.test(shown) || /[¥￥元]/.test(format)) return '元';
  return null;
}

/** 10.5 typed where Excel expects a date is stored as the day 10月5日: the number is restored from month and day. */
function fromDate(serial: number, formula: string | null): StoredNumber {
  const date: { m: number; d: number } | null = xlsx.SSF.parse_date_code(serial);
  return {
    value: date === null ? null : `${date.m}.${date.d}`,
    decimals: date === null ? null : String(date.d).length,
    unit: null,
    unclear: 'date',
    otherwise: decimalText(serial),
    formula,
  };
}

const absent = (formula: string | null, unclear: string): StoredNumber => ({
  value: null,
  decimals: null,
  unit: null,
  unclear,
  otherwise: null,
  formula,
});

/** What the cell holds behind its text; null for words and blanks. */
export function storedNumber(cell: xlsx.CellObject): StoredNumber | null {
  const formula = cell.f === undefined ? null : `=${cell.f}`;
  if (cell.t === 'e') return absent(formula, 'formula-error');
  if (formula !== null && (cell.t === 'z' || cell.v === undefined)) return absent(formula, 'formula');
  if (cell.t !== 'n' || typeof cell.v !== 'number' || !Number.isFinite(cell.v)) return null;
  const format = typeof cell.z === 'string' ? cell.z : 'General';
  if (isDateFormat(format)) return fromDate(cell.v, formula);
  const shown = shownText(cell);
  return {
    value: decimalText(cell.v),
    decimals: decimalsShown(shown),
    unit: unitShown(shown, format),
    unclear: null,
    otherwise: null,
    formula,
  };
}

/** As Excel shows it. A formula nobody computed shows itself, an error with its formula. */
export function shownText(cell: xlsx.CellObject): string {
  if (cell.f !== undefined && (cell.t === 'z' || cell.v === undefined)) return `=${cell.f}`;
  if (cell.t === 'e') return cell.f === undefined ? (cell.w ?? '#') : `${cell.w ?? '#'}（=${cell.f}）`;
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const shown = cell.w?.trim() ?? '';
    return shown === '' || /^#+$/.test(shown) ? decimalText(cell.v) : shown;
  }
  return cell.w ?? (cell.v === undefined ? '' : String(cell.v));
}
