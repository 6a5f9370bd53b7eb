import type { Span } from '../schema.ts';

/** A text of the submission with its lines, so that any offset can be shown to a human. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Offset of the first character of every line. */
  readonly lines: readonly number[];
}

/** Longest piece of source that a span quotes, in characters. */
const longestQuote = 300;

export function sourceOf(path: string, text: string): Source {
  const lines = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return { path, text, lines };
}

/** The place of `[start, end)` in a source: 1-based line and column, quoted up to 300 characters. */
export function spanAt(source: Source, start: number, end: number): Span {
  const line = lineOf(source.lines, start);
  return {
    path: source.path,
    line: line + 1,
    column: start - (source.lines[line] ?? 0) + 1,
    source: source.text.slice(start, Math.min(end, start + longestQuote)),
  };
}

/** Index of the last line that begins at or before the offset. */
function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
