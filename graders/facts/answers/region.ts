import type { Grid, GridCell } from '../documents/read.ts';
import { type Cell, roleOf } from './cells.ts';

/** One row of a table with its cells by column; a merged cell stands in every row and column it covers. */
export interface Row {
  readonly cells: readonly Cell[];
  /** Also what reaches here from above or from the left by a merge. */
  readonly at: ReadonlyMap<number, Cell>;
  /** The same from left to right, as far as heads may stand. */
  readonly leading: readonly (readonly [column: number, cell: Cell])[];
}

/** Rows that belong together: a table of a document, or the part of a sheet between blank rows. */
export interface Region {
  readonly rows: readonly Row[];
  /** Columns that group several rows under one word: merged down, repeated, or left blank below it. */
  readonly grouping: ReadonlySet<number>;
  /** Its first row of several cells: above it stand only titles. */
  readonly opening: number;
}

function groupingOf(rows: readonly Row[]): Set<number> {
  const grouping = new Set<number>();
  const first = rows.reduce(
    (least, { cells }) => Math.min(least, cells[0]?.cell.column ?? least),
    Number.POSITIVE_INFINITY,
  );
  let before: Cell | undefined;
  for (const { cells, at } of rows) {
    for (const { cell } of cells) if (cell.rows > 1) grouping.add(cell.column);
    const here = at.get(first);
    const blank = here === undefined && before !== undefined && at.get(first + 1)?.role === 'text';
    const repeated = here !== before && here?.role === 'text' && here.cell.text === before?.cell.text;
    if (blank || repeated) grouping.add(first);
    before = here ?? before;
  }
  return grouping;
}

const regionOf = (rows: readonly Row[]): Region => ({
  rows,
  grouping: groupingOf(rows),
  opening: rows.findIndex(({ cells }) => cells.length > 1),
});

/** A merge is followed so far; a sheet may claim to be one cell. */
const farthest = 64;

/** A merged cell that later rows still lie under. */
interface Reaching {
  readonly cell: Cell;
  readonly until: number;
}

function cover(at: Map<number, Cell>, cell: Cell): void {
  const last = cell.cell.column + Math.min(farthest, cell.cell.columns);
  for (let column = cell.cell.column; column < last; column += 1) if (!at.has(column)) at.set(column, cell);
}

/** Cuts a grid into regions and spreads merged cells, in one pass over the rows. */
export function* regionsOf(grid: Grid): Generator<Region> {
  let rows: Row[] = [];
  let reaching: Reaching[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const row of grid.rows) {
    const index = row[0]?.row;
    if (index === undefined) continue;
    reaching = reaching.filter(({ until }) => until > index);
    if (index > end && rows.length > 0 && reaching.length === 0) {
      yield regionOf(rows);
      rows = [];
    }
    const cells = row.map((cell: GridCell): Cell => ({ cell, role: roleOf(cell) }));
    const at = new Map<number, Cell>();
    for (const cell of cells) cover(at, cell);
    for (const { cell } of reaching) cover(at, cell);
    const leading = [...at].sort(([a], [b]) => a - b).slice(0, farthest);
    rows.push({ cells, at, leading });
    for (const cell of cells) {
      if (cell.cell.rows > 1) reaching.push({ cell, until: index + Math.min(farthest, cell.cell.rows) });
    }
    end = index + 1;
  }
  if (rows.length > 0) yield regionOf(rows);
}
