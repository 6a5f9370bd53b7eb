import { aloneIn, type Written } from './expand.ts';
import type { Path, Source } from './source.ts';

/** The place of a field; for a value that came from `each`, the place of that value in its row. */
export function placeOf(source: Source, written: Written, field: Path): Path {
  const at = ['items', written.index, ...field];
  const value = source.at(at);
  const name = typeof value === 'string' ? aloneIn(value) : undefined;
  if (name === undefined || written.row === null) return at;
  const inRow = ['items', written.index, 'each', written.row, name];
  return source.at(inRow) === undefined ? at : inRow;
}

/** Where a name stands among the parameters: written there, or in the row of `each` that filled it in. */
export function placeOfName(source: Source, written: Written, name: string): Path {
  const parameters: Path = ['items', written.index, 'with'];
  const found = source.find(parameters, name);
  if (found !== parameters || written.row === null) return found;
  const row: Path = ['items', written.index, 'each', written.row];
  const inRow = source.find(row, name);
  return inRow === row ? parameters : inRow;
}
