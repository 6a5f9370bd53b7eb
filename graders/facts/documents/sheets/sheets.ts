import * as xlsx from '@e965/xlsx';
import { type Content, type Grid, type GridCell, noContent } from '../read.ts';
import { shownText, storedNumber } from './cell.ts';
import type { Opened } from './open.ts';

/** A merge may claim the whole sheet; further than this nothing is labelled by it. */
const farthest = 256;
/** Text of one cell that can be meant as an answer; Excel itself ends at 32,767. */
const mostCharacters = 32_767;

interface Reach {
  rows: number;
  columns: number;
}

const alone: Reach = { rows: 1, columns: 1 };

function mergesOf(sheet: xlsx.WorkSheet): Map<string, Reach> {
  const merges = new Map<string, Reach>();
  for (const { s, e } of sheet['!merges'] ?? []) {
    merges.set(`${s.r},${s.c}`, {
      rows: Math.min(farthest, e.r - s.r + 1),
      columns: Math.min(farthest, e.c - s.c + 1),
    });
  }
  return merges;
}

interface Reading {
  rows: GridCell[][];
  hidden: string[];
}

/** Only cells that exist are visited: a sheet may claim to reach to XFD1048576. */
function readSheet(name: string, sheet: xlsx.WorkSheet, hiddenSheet: boolean): Reading {
  const merges = mergesOf(sheet);
  const rows = new Map<number, GridCell[]>();
  const hidden: string[] = [];
  const { '!rows': hiddenRows, '!cols': hiddenColumns } = sheet;
  for (const address of Object.keys(sheet)) {
    if (address.startsWith('!')) continue;
    const cell = sheet[address] as xlsx.CellObject;
    const text = shownText(cell).slice(0, mostCharacters);
    if (text.trim() === '') continue;
    const { r: row, c: column } = xlsx.utils.decode_cell(address);
    if (hiddenSheet || hiddenRows?.[row]?.hidden || hiddenColumns?.[column]?.hidden) {
      hidden.push(`${name}!${address}：${text}`);
      continue;
    }
    const reach = merges.size === 0 ? alone : (merges.get(`${row},${column}`) ?? alone);
    const read = { row, column, ...reach, text, where: `${name}!${address}`, stored: storedNumber(cell) };
    const others = rows.get(row);
    if (others === undefined) rows.set(row, [read]);
    else others.push(read);
  }
  const sorted = [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
  for (const cells of sorted) cells.sort((a, b) => a.column - b.column);
  return { rows: sorted, hidden };
}

function table({ name, rows }: Grid): Content['tables'][number] {
  const first = rows.reduce(
    (least, [cell]) => Math.min(least, cell?.column ?? least),
    Number.POSITIVE_INFINITY,
  );
  return {
    name,
    rows: rows.map((row) => {
      const texts: string[] = [];
      for (const cell of row) {
        while (texts.length < cell.column - first && texts.length < farthest) texts.push('');
        texts.push(cell.text);
      }
      return texts;
    }),
  };
}

/** The sheets of a workbook as grids. Hidden sheets, rows and columns are quoted, not read. */
export function sheetContent(kind: string, { book, images, problems }: Opened): Content {
  const hidden: string[] = [];
  const grids = book.SheetNames.flatMap((name, index): Grid[] => {
    const sheet = book.Sheets[name];
    if (sheet === undefined || sheet['!type'] === 'chart') return [];
    const state = book.Workbook?.Sheets?.[index]?.Hidden ?? 0;
    const reading = readSheet(name, sheet, state !== 0);
    hidden.push(...reading.hidden);
    return reading.rows.length === 0 ? [] : [{ kind: 'grid', name, heading: null, rows: reading.rows }];
  });
  return { ...noContent, kind, blocks: grids, tables: grids.map(table), images, hidden, problems };
}
