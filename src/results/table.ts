import { utils, write } from '@e965/xlsx';

/** A list for the office: a heading and rows of texts and numbers; null is an empty cell. */
export interface Table {
  readonly name: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Columns as wide as their heading at least, in characters; a Chinese one takes two. */
const widthOf = (text: string): number => Math.min(60, Math.max(8, text.length * 2 + 2));

/** A workbook of one sheet; texts are texts and numbers numbers, so nothing is a formula and no ticket loses a zero. */
export function xlsxOf({ name, heading, rows }: Table): Buffer {
  const sheet = utils.aoa_to_sheet([heading, ...rows].map((row) => [...row]));
  sheet['!cols'] = heading.map((text) => ({ wch: widthOf(text) }));
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, name);
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

/** CSV as Excel opens it: UTF-8 with its mark, CRLF (RFC 4180). */
export const csvOf = ({ heading, rows }: Table): string =>
  `\uFEFF${[heading, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;

/** Excel takes a text that begins so for a formula, wherever it came from (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
