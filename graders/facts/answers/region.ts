import type { Grid, GridCell } from '../documents/read.ts';
import { type Cell, roleOf } from './cells.ts';

/** One row of a table with its cells by column; a merged cell stands in every row and column it covers. */
export interface Row {
  readonly cells: readonly Cell[];
  /** Also what reaches here from above or from the left by a merge. */
  readonly at: ReadonlyMap<number, Cell>;
}

/** Rows that belong together: a table of a document, or the part of a sheet between blank rows. */
export type Region = readonly Row[];

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
  let region: Row[] = [];
  let reaching: Reaching[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const row of grid.rows) {
    const index = row[0]?.row;
    if (index === undefined) continue;
    reaching = reaching.filter(({ until }) => until > index);
    if (index > end && region.length > 0 && reaching.length === 0) {
      yield region;
      region = [];
    }
    const cells = row.map((cell: GridCell): Cell => ({ cell, role: roleOf(cell) }));
    const at = new Map<number, Cell>();
    for (const cell of cells) cover(at, cell);
    for (const { cell } of reaching) cover(at, cell);
    region.push({ cells, at });
    for (const cell of cells) {
      if (cell.cell.rows > 1) reaching.push({ cell, until: index + Math.min(farthest, cell.cell.rows) });
    }
    end = index + 1;
  }
  if (region.length > 0) yield region;
}
