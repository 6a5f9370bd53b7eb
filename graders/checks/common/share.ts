import { z } from 'zod';
import { exactSchema } from '../../../rubrics/outcome.ts';
import { formatExact, parseExact, sumOf } from '../../../rubrics/points.ts';

/** A share of an item's points as a paper writes it, `1/2` or `0.3`; comes out as exact text. */
export const shareSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(exactSchema)
  .refine(
    (text) => parseExact(text).compare(0) >= 0 && parseExact(text).compare(1) <= 0,
    'a share is 0 to 1',
  );

/** The exact mean of shares; not of none. */
export const meanShare = (shares: readonly string[]): string =>
  formatExact(sumOf(shares.map(parseExact)).div(shares.length));

/** The smaller of two shares: two flaws of one file cost what the worse one costs. */
export const lesserShare = (a: string, b: string): string =>
  parseExact(a).compare(parseExact(b)) <= 0 ? a : b;
