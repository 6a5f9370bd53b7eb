import Fraction from 'fraction.js';

/** A table of a task text, cells trimmed; the first row is its head. */
export type Table = readonly (readonly string[])[];

/** The tables of a Markdown text, in order. */
export function tablesOf(markdown: string): Table[] {
  const tables: string[][][] = [];
  let open: string[][] | null = null;
  for (const line of markdown.split('\n').map((text) => text.trim())) {
    if (!line.startsWith('|')) {
      open = null;
      continue;
    }
    const cells = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    if (cells.every((cell) => /^:?-+:?$/.test(cell))) continue;
    if (open === null) {
      open = [];
      tables.push(open);
    }
    open.push(cells);
  }
  return tables;
}

/** The number at the head of a cell: `3187.50 元` is 3187.5. @throws when there is none */
function numberIn(cell: string): Fraction {
  const digits = /^-?\d+(\.\d+)?/.exec(cell)?.[0];
  if (digits === undefined) throw new Error(`no number at the head of the cell "${cell}"`);
  return new Fraction(digits);
}

/** The number in the row that begins with `row` and the column headed `column`. @throws when there is none */
export function cell(table: Table, row: string, column: string): Fraction {
  const at = table[0]?.indexOf(column) ?? -1;
  const text = table.find(([head]) => head === row)?.[at];
  if (text === undefined) throw new Error(`no cell ${row} / ${column}`);
  return numberIn(text);
}

/** All numbers of a column, by row head. */
export const column = (table: Table, name: string): ReadonlyMap<string, Fraction> =>
  new Map(table.slice(1).map(([head = '']) => [head, cell(table, head, name)]));

export const sum = (values: Iterable<Fraction>): Fraction =>
  [...values].reduce((total, value) => total.add(value), new Fraction(0));

/** The first capture of `pattern` in the task text as a number. @throws when the task does not say it */
export function stated(task: string, pattern: RegExp): Fraction {
  const found = pattern.exec(task)?.[1];
  if (found === undefined) throw new Error(`the task says nothing like ${pattern}`);
  return new Fraction(found);
}
