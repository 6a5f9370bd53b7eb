import { z } from 'zod';

/** Query of every list: `?limit=50&cursor=…`. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the page before; opaque. */
  cursor: z.string().max(400).optional(),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** Answer of every list; `next` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/**
 * Cuts a page out of `limit + 1` fetched rows.
 * @param key what the next page starts after; must be the list's unique sort key
 */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  key: (row: T) => string,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null };
}

const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url');

/** The key a cursor stands for; null for the first page. */
export const decodeCursor = (cursor: string | undefined): string | null =>
  cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString();
