/** Results go to standard output, and nothing else does: a program may read them. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Machine-readable result, one JSON document. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Takes the cursor to the beginning of a line and clears it. */
const clearLine = '\r\u001b[2K';

/** News for whoever watches, on standard error; silent when that is no terminal. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${clearLine}${text}`);
}

/** Ends a line of progress. */
export function progressDone(): void {
  progress('');
}
