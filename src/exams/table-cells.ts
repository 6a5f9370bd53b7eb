import { read, utils } from '@e965/xlsx';
import { decodeText } from '../../graders/text/decode.ts';

const zipMagic = [0x50, 0x4b, 0x03, 0x04];

/**
 * Cells of a list that an office sends, as text, row by row: CSV (UTF-8 or GBK; comma, semicolon or tab) or the first
 * sheet of an XLSX, read as displayed: what the office sees is what counts. Null when a workbook has no sheet.
 */
export function cellsOf(bytes: Uint8Array): string[][] | null {
  const isWorkbook = zipMagic.every((byte, index) => bytes[index] === byte);
  // `raw` keeps the text of CSV cells: a ticket must not lose its leading zeros by becoming a number.
  const book = isWorkbook
    ? read(bytes, { type: 'array', cellNF: true })
    : read(decodeText(bytes, { kind: 'csv' }).text, { type: 'string', raw: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) return null;
  const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false, defval: '', blankrows: true });
  return rows.map((row) => row.map((cell) => String(cell).normalize('NFKC').trim()));
}
