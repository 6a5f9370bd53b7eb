import type { ItemSource } from '../paper-schema.ts';

/** An item written out for one row of its `each`. */
export interface Written {
  readonly source: ItemSource;
  /** Place of the item in the paper's `items`, from 0. */
  readonly index: number;
  /** The row of `each` it was written for; null without `each`. */
  readonly row: number | null;
}

type Names = Readonly<Record<string, unknown>>;

/** `$$`, `$name` or `${name}`; a dollar before anything that is no name stands for itself. */
const reference = /\$(?:\$|([a-z][a-z0-9]*(?:-[a-z0-9]+)*)|\{([a-z][a-z0-9-]*)\}|(?=[A-Za-z_{]))/g;
const onlyReference = /^\$(?:([a-z][a-z0-9]*(?:-[a-z0-9]+)*)|\{([a-z][a-z0-9-]*)\})$/;

/**
 * Writes an item out: once per row of `each`, else once. In every string `$name` is looked up in the row, then
 * in the paper's facts; below `with` a string that is only `$name` takes the value with its type (a list stays
 * a list). `complain` hears of every name that nothing defines, at its field's path below the item.
 */
export function writeOut(item: ItemSource, index: number, facts: Names, complain: Complain): Written[] {
  const { each, ...once } = item;
  return (each ?? [null]).map((row, position) => {
    const names: Names = { ...facts, ...row };
    const text = (field: keyof ItemSource, value: string): string =>
      fillIn(value, names, (reason) => complain([field], reason));
    const source: ItemSource = {
      ...once,
      id: text('id', once.id),
      text: text('text', once.text),
      points: typeof once.points === 'string' ? text('points', once.points) : once.points,
      ...(once.check !== undefined && { check: text('check', once.check) }),
      ...(once.hint !== undefined && { hint: text('hint', once.hint) }),
      ...(once.with !== undefined && { with: fillAll(once.with, names, ['with'], complain) }),
    };
    return { source, index, row: row === null ? null : position };
  });
}

type Complain = (field: readonly PropertyKey[], reason: string) => void;

const fillAll = (
  map: Names,
  names: Names,
  field: readonly PropertyKey[],
  complain: Complain,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, fill(value, names, [...field, key], complain)]),
  );

function fill(value: unknown, names: Names, field: readonly PropertyKey[], complain: Complain): unknown {
  if (typeof value === 'string') {
    const name = aloneIn(value);
    if (name !== undefined && Object.hasOwn(names, name)) return names[name];
    return fillIn(value, names, (reason) => complain(field, reason));
  }
  if (Array.isArray(value))
    return value.map((inner, index) => fill(inner, names, [...field, index], complain));
  if (typeof value === 'object' && value !== null) return fillAll(value as Names, names, field, complain);
  return value;
}

/** The name in a string that is nothing but `$name` or `${name}`. */
export function aloneIn(text: string): string | undefined {
  const only = onlyReference.exec(text);
  return only?.[1] ?? only?.[2];
}

const fillIn = (text: string, names: Names, complain: (reason: string) => void): string =>
  text.replace(reference, (whole, bare: string | undefined, braced: string | undefined) =>
    whole === '$$' ? '$' : part(bare ?? braced, names, complain),
  );

function part(name: string | undefined, names: Names, complain: (reason: string) => void): string {
  if (name === undefined) {
    complain('a $ before a letter names a value in lower case; write $$ for a dollar');
    return '$';
  }
  if (!Object.hasOwn(names, name)) {
    complain(
      `nothing defines $${name}, neither the row of \`each\` nor the paper's facts (\${…} ends a name, $$ is a dollar)`,
    );
    return '';
  }
  const value = names[name];
  if (typeof value === 'object')
    complain(`$${name} is a list or a map: it must stand alone, not inside a text`);
  return String(value);
}
