/** An error whose message is meant for whoever typed the command: printed without a stack. */
export class UserError extends Error {
  override name = 'UserError';
}

/** Results go to standard output, and nothing else does: a program may read them. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Machine-readable result, one JSON document. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** News for whoever watches, on standard error; silent when that is no terminal. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}

/** Ends a line of progress. */
export function progressDone(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
}

/** How wide a text is in a terminal: a 汉字 or a full-width mark takes two columns. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1),
    0,
  );

/** Lines up rows in columns; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
