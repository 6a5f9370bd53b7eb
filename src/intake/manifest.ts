import { z } from 'zod';
import { receiptSchema, storedFileSchema } from './receipt-schema.ts';

const instant = z.iso.datetime();

/** What is wrong with the package, told to the terminal at once; never a word about marks. */
export const packageProblemSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type PackageProblem = z.infer<typeof packageProblemSchema>;

/** How far the files fill what the paper asks for. */
export const fillingSchema = z.object({
  requiredFilled: z.number().int(),
  requiredTotal: z.number().int(),
  /** Asked names of the required files that are not there. */
  missing: z.array(z.string()),
});
export type Filling = z.infer<typeof fillingSchema>;

/**
 * The record beside the bytes: enough to bring the hand-in back, receipt and all, when the database is lost.
 * Written once, before the row is committed and the receipt given.
 */
export const manifestSchema = z.object({
  kind: z.literal('attempt'),
  version: z.literal(1),
  attempt: z.object({ id: z.string(), number: z.number().int(), idempotencyKey: z.string() }),
  exam: z.object({ id: z.string(), name: z.string() }),
  session: z.object({ id: z.string(), name: z.string() }),
  candidate: z.object({
    id: z.string(),
    ticket: z.string(),
    name: z.string(),
    room: z.string(),
    seat: z.string(),
  }),
  /** Where the terminal said it stands; null when it did not say. */
  claimed: z.object({ room: z.string().nullable(), seat: z.string().nullable() }),
  paper: z.object({ id: z.string(), version: z.string() }),
  firstRequestAt: instant,
  completedAt: instant,
  files: z.array(storedFileSchema),
  problems: z.array(packageProblemSchema),
  filling: fillingSchema,
  receipt: receiptSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;
