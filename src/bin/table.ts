/** Characters that take two columns in a terminal: Unicode's East Asian Wide and Fullwidth, the blocks that matter here. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Characters that take none: combining marks and joiners. */
const thin = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : thin.test(character) ? 0 : 1;
  return width;
}

/** Cuts a text so that it takes at most so many columns, `…` included. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Lines up rows in columns; the first row is the heading. A line break in a cell becomes a space.
 * @param right columns of numbers, from 0
 */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll(/\s+/g, ' ')));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const pad = (cell: string, column: number): string => {
    const room = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
    return right.includes(column) ? room + cell : cell + room;
  };
  return cells.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
