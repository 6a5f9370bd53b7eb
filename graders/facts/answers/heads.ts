import { type Cell, isResultHead, isRunningHead, isTotal, isWorkingHead, names } from './cells.ts';
import type { Labels } from './draft.ts';
import { cleanLabel } from './label.ts';
import type { Region, Row } from './region.ts';

/** What the rows above say of the columns. */
export interface Heads {
  readonly row: Row;
  /** The row above it, where merged cells group several columns. */
  readonly groups: Row | null;
}

const textAt = (row: Row | null | undefined, column: number): string =>
  row?.at.get(column)?.cell.text.trim() ?? '';

/** The words over a column: its head and, where columns are grouped, the group's. */
export function headOf(heads: Heads | null, column: number): { head: string; group: string } {
  const head = textAt(heads?.row, column);
  const group = textAt(heads?.groups, column);
  return { head, group: group === head ? '' : group };
}

const isText = (cell: Cell | undefined): boolean => cell?.role === 'text';

/** The text cells that open a row: where rows have heads, they stand here. Running numbers and formulas are none. */
function leading(row: Row, column: number, heads: Heads | null): Cell[] {
  const found: Cell[] = [];
  for (const [at, cell] of row.leading) {
    if (at >= column || (cell.role !== 'text' && found.length > 0)) break;
    const { head } = headOf(heads, at);
    if (
      isText(cell) &&
      !isWorkingHead(head) &&
      !isRunningHead(head) &&
      names(cell.cell.text) &&
      !found.includes(cell)
    )
      found.push(cell);
  }
  return found;
}

/** The text cells directly left of a cell, nearest first, for rows of labels and values in turns. */
function nearest(row: Row, column: number): Cell[] {
  const found: Cell[] = [];
  for (let at = column - 1; at >= 0 && column - at <= 64; at -= 1) {
    const cell = row.at.get(at);
    if (cell === undefined || found.includes(cell)) continue;
    if (!isText(cell)) {
      if (found.length > 0) break;
      continue;
    }
    if (names(cell.cell.text)) found.push(cell);
  }
  return found;
}

interface RowHead {
  head: string;
  /** The word that groups several rows, or the label before the label. */
  group: string;
  /** Further words between the head and the cell. */
  more: readonly string[];
}

/** The head of a row and the group it stands in: 点击率 in 直通车. */
function rowHead({ row, grouping }: Spot, column: number, heads: Heads | null): RowHead {
  const found = heads === null ? nearest(row, column).reverse() : leading(row, column, heads);
  const isGroup = (cell: Cell): boolean => found.length > 1 && grouping.has(cell.cell.column);
  const groups = found.filter(isGroup);
  const own = found.filter((cell) => !isGroup(cell));
  const chosen = (heads === null ? own.at(-1) : own[0]) ?? groups.at(-1);
  const group = groups.find((cell) => cell !== chosen) ?? (heads === null ? own.at(-2) : undefined);
  const more = heads === null ? [] : own.slice(1);
  const [head = '', above = '', ...rest] = [chosen, group, ...more].map((cell) =>
    cleanLabel(cell?.cell.text ?? ''),
  );
  return { head, group: above, more: rest };
}

interface Spot {
  row: Row;
  grouping: ReadonlySet<number>;
}

/** Whether a column's head says anything about this row: a lone value under a table of several columns is its own. */
function underHeads(row: Row, heads: Heads | null, head: string): boolean {
  if (heads === null) return false;
  return row.cells.length > 2 || heads.row.cells.length <= 2 || isTotal(head);
}

/** The nearest words above a cell, where neither its row nor a row of heads names it (A18). */
function above(rows: readonly Row[], index: number, column: number): string {
  for (let at = index - 1; at >= Math.max(0, index - 3); at -= 1) {
    const cell = rows[at]?.at.get(column);
    if (cell !== undefined && isText(cell) && names(cell.cell.text)) return cleanLabel(cell.cell.text);
  }
  return '';
}

const informative = (head: string): string =>
  isWorkingHead(head) || isResultHead(head) ? '' : cleanLabel(head);

/**
 * What a cell is an answer to: the head of its row, the head of its column, and both together.
 * @param region where the cell stands; @param index its row there
 */
export function labelsAt(
  { rows, grouping }: Region,
  index: number,
  column: number,
  heads: Heads | null,
): Labels {
  const row = rows[index];
  if (row === undefined) return { label: '', also: [] };
  const { head, group, more } = rowHead({ row, grouping }, column, heads);
  const over = headOf(heads, column);
  const counts = underHeads(row, heads, head);
  const columnHead = counts ? informative(over.head) : '';
  const columnGroup = counts ? informative(over.group) : '';
  const label = head || columnHead || above(rows, index, column);
  const also =
    columnHead === '' || columnHead === label ? [] : [columnHead, label + columnHead, columnHead + label];
  for (const part of [group, columnGroup]) {
    if (part !== '') also.push(part + label, ...(columnHead === '' ? [] : [part + columnHead]));
  }
  return { label, also: [...also, ...more] };
}
