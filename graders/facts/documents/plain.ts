import { decodeText } from '../../text/decode.ts';
import {
  type Content,
  type DocumentProblem,
  type Grid,
  type GridCell,
  type Line,
  noContent,
  Unreadable,
} from './read.ts';

/** Text that a person writes in an hour comes nowhere near; above it the file is data, not an answer. */
const mostBytes = 8 * 1024 ** 2;

/** The text of a file in whatever encoding Windows wrote it (E15). Throws `Unreadable` above the cap. */
export function decoded(bytes: Uint8Array): { text: string; problems: DocumentProblem[] } {
  if (bytes.length > mostBytes) throw new Unreadable('bomb-document', 'text is too large');
  const { text, replacement = 0 } = decodeText(bytes);
  return { text, problems: replacement > 0 ? ['unsupported-encoding'] : [] };
}

/** A text file: one block a line. */
export function readText(bytes: Uint8Array): Content {
  const { text, problems } = decoded(bytes);
  const blocks = text.split(/\r\n?|\n/).flatMap((line, index): Line[] => {
    const where = `第 ${index + 1} 行`;
    return line.trim() === '' ? [] : [{ kind: 'line', text: line, where, heading: null, isHeading: false }];
  });
  return { ...noContent, kind: 'txt', blocks, problems };
}

/** The sign between fields: whichever stands most often in the first line. Excel on a Chinese system writes commas. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split(/\r\n?|\n/, 1);
  const counted = [',', '\t', ';', '，'].map((mark) => ({ mark, count: head.split(mark).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}

/** RFC 4180: quoted fields may hold the delimiter, line breaks and doubled quotes. */
function fieldsOf(text: string): string[][] {
  const delimiter = delimiterOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(${delimiter}|\\r\\n?|\\n|$)`, 'y');
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    // A quote that is never closed: the rest is one field.
    const [, quoted, bare, end] = found ?? [null, null, text.slice(field.lastIndex), ''];
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end !== delimiter) {
      rows.push(row);
      row = [];
    }
    if (found === null || end === '') break;
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** A table in a text file: one sheet without a name. */
export function readCsv(bytes: Uint8Array): Content {
  const { text, problems } = decoded(bytes);
  const rows = fieldsOf(text).map((fields, row) =>
    fields.flatMap((field, column): GridCell[] => {
      if (field.trim() === '') return [];
      const where = `第 ${row + 1} 行第 ${column + 1} 列`;
      return [{ row, column, rows: 1, columns: 1, text: field, where, stored: null }];
    }),
  );
  const grid: Grid = { kind: 'grid', name: '表 1', heading: null, rows };
  const table = { name: grid.name, rows: rows.map((row) => row.map((cell) => cell.text)) };
  return { ...noContent, kind: 'csv', blocks: [grid], tables: [table], problems };
}
