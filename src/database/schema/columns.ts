import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, check, timestamp } from 'drizzle-orm/pg-core';

/** A moment. Milliseconds are kept because that is what a JavaScript `Date` holds: reading back gives the same value. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** The moment a row was made, by the database's clock unless given. */
export const createdAt = () => moment('created_at').notNull().defaultNow();

/** A number of bytes; exact up to 2^53. */
export const byteCount = (name: string) => bigint(name, { mode: 'number' });

const quoted = (values: readonly string[]): SQL => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** A constraint that the text column holds one of the values. */
export const oneOf = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${quoted(values)})`);

/** A constraint that the text array holds nothing but the values. */
export const noneBut = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} <@ array[${quoted(values)}]::text[]`);

/** A constraint that the column holds a lower-case SHA-256 in hex. */
export const sha256Hex = (name: string, column: AnyPgColumn) =>
  check(name, sql`${column} ~ '^[0-9a-f]{64}$'`);
