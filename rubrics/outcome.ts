import { z } from 'zod';

/** What a check may say. `unknown` is a real answer: a human must look. It is never a zero. */
export const verdictSchema = z.enum(['pass', 'partial', 'fail', 'unknown']);
export type Verdict = z.infer<typeof verdictSchema>;

/**
 * An exact number as text: an integer (`"3"`), a decimal (`"0.97"`) or a fraction (`"4/7"`), with an
 * optional minus. JSON numbers are not used where exactness decides a point.
 */
export const exactSchema = z
  .string()
  .regex(/^-?\d+(\.\d+)?(\/[1-9]\d*)?$/, 'an exact number: 3, 0.97 or 4/7');

const place = {
  /** Path of the file as the candidate named it; absent when the evidence is about the whole submission. */
  path: z.string().optional(),
  /** SHA-256 of exactly the bytes that were looked at, so the point can be replayed years later. */
  sha256: z.string().optional(),
  /** `check-id@version`, stamped by the grader, never by the check itself. */
  checker: z.string().optional(),
};

const region = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** One thing an examiner can be shown beside the work. Lengths are pixels of the displayed picture. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), ...place, bytes: z.number().int() }),
  z.object({ kind: z.literal('measure'), ...place, name: z.string(), value: z.string(), wanted: z.string() }),
  z.object({ kind: z.literal('text-span'), ...place, where: z.string(), quote: z.string() }),
  z.object({
    kind: z.literal('dom-span'),
    ...place,
    line: z.number().int(),
    column: z.number().int(),
    source: z.string(),
  }),
  z.object({
    kind: z.literal('number'),
    ...place,
    where: z.string(),
    quote: z.string(),
    value: z.string(),
    unit: z.string().nullable(),
    key: z.string(),
    rule: z.string(),
  }),
  z.object({ kind: z.literal('image-pair'), ...place, material: z.string(), difference: z.string() }),
  z.object({ kind: z.literal('image-region'), ...place, region, note: z.string() }),
  z.object({ kind: z.literal('render'), ...place, blob: z.string(), note: z.string() }),
  z.object({ kind: z.literal('absent'), ...place, what: z.string(), searched: z.array(z.string()) }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** Values that fill a reason's sentence; kept apart from the words so they can be shown in any language. */
export const reasonValuesSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** What one check says about one item. Pure data: no points, no wording. */
export const outcomeSchema = z.object({
  outcome: verdictSchema,
  /** Share of the item's points, 0 to 1, exact; null exactly when the outcome is `unknown`. */
  share: exactSchema.nullable(),
  reason: z.object({ code: z.string(), values: reasonValuesSchema }),
  /** 0 to 1: how sure the check is. Below 1 the item should be `suggest`. */
  confidence: z.number().min(0).max(1),
  /** Root cause of a loss, e.g. `turn:tea1`; the paper says which item is charged for it. */
  cause: z.string().nullable(),
  /** The check found something a human must confirm although the item is `auto` (a hard flag). */
  review: z.boolean(),
  evidence: z.array(evidenceSchema),
});
export type Outcome = z.infer<typeof outcomeSchema>;
