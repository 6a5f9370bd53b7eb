import type { Db } from './database.ts';

/**
 * A query that is built once for each database and planned once for each connection, for what is asked at every
 * request: building and planning cost more than running it.
 * @param build ends with `.prepare(name)`; the name must be unique in the program
 */
export function prepared<T extends object>(build: (db: Db) => T): (database: { readonly db: Db }) => T {
  const built = new WeakMap<Db, T>();
  return ({ db }) => {
    const known = built.get(db) ?? build(db);
    built.set(db, known);
    return known;
  };
}
