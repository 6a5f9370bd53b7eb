import { createReadStream } from 'node:fs';

/**
 * Rows of a saved table, one line of JSON each. Lines end with LF and nothing else: node:readline would also split at
 * U+2028, which stands unescaped in rows with text from Word.
 * @throws Error when there are not as many as were saved
 */
export async function* savedRows(path: string, expected: number): AsyncGenerator<string> {
  let rest = '';
  let count = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    count += lines.length;
    yield* lines;
  }
  if (count !== expected || rest !== '')
    throw new Error(`${path} has ${count} rows, the backup's index says ${expected}`);
}
