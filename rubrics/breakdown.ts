import { z } from 'zod';
import { evidenceSchema, exactSchema, reasonValuesSchema, verdictSchema } from './outcome.ts';

/** Who decides an item: the machine, the machine with a human's nod, an examiner, the invigilator. */
export const decidedBySchema = z.enum(['auto', 'suggest', 'examiner', 'process']);
export type DecidedBy = z.infer<typeof decidedBySchema>;

/** Points as shown: a number with at most two decimals. */
const points = z.number();

export const breakdownItemSchema = z.object({
  id: z.string(),
  /** What the examiner reads, from the paper. */
  text: z.string(),
  possible: points,
  /** As the paper says; `suggest` also for an `auto` item that in this attempt needs a human's nod. */
  by: decidedBySchema,
  /** Null for items that no check judges: `examiner` and `process`. */
  outcome: verdictSchema.nullable(),
  /** What the check said, before causes and modifiers; null when unknown. */
  share: exactSchema.nullable(),
  /** Provisional points; null while only a human can say. */
  proposed: points.nullable(),
  /** Points that a human decided; null until then. */
  final: points.nullable(),
  /** The text is what the check found and, after it, what the rubric's own rules did to the points. */
  reason: z.object({ code: z.string(), values: reasonValuesSchema, text: z.string() }).nullable(),
  confidence: z.number().nullable(),
  cause: z.string().nullable(),
  /** True: the loss is charged to another item that has the same root cause, so nothing is lost here. */
  excused: z.boolean(),
  evidence: z.array(evidenceSchema),
});
export type BreakdownItem = z.infer<typeof breakdownItemSchema>;

/** Where an item stands: decided, waiting for a nod, or pending by who must act. */
export type ItemState = 'settled' | 'suggested' | 'examiner' | 'process' | 'unknown';

/** The state of an item; totals count each item under exactly one. */
export function itemState({
  by,
  proposed,
  final,
}: Pick<BreakdownItem, 'by' | 'proposed' | 'final'>): ItemState {
  if (final !== null) return 'settled';
  if (proposed !== null) return by === 'auto' ? 'settled' : 'suggested';
  return by === 'examiner' || by === 'process' ? by : 'unknown';
}

export const breakdownCriterionSchema = z.object({
  id: z.string(),
  possible: points,
  settled: points,
  suggested: points,
  items: z.array(breakdownItemSchema),
});
export type BreakdownCriterion = z.infer<typeof breakdownCriterionSchema>;

/**
 * The provisional score of one attempt under one rubric version. `settled` is what stands unless a human
 * changes it, `suggested` what waits for a nod; `pending` are the *possible* points still open, by who must act.
 * `awarded` is null until nothing is pending and nothing suggested is unconfirmed: an unfinished score is never
 * shown as a low one.
 */
export const breakdownSchema = z.object({
  submission: z.string(),
  attempt: z.number().int(),
  paper: z.string(),
  rubricVersion: z.string(),
  graderVersion: z.string(),
  factsDigest: z.string(),
  total: z.object({
    possible: points,
    settled: points,
    suggested: points,
    pending: z.object({ examiner: points, process: points, unknown: points }),
    awarded: points.nullable(),
  }),
  criteria: z.array(breakdownCriterionSchema),
});
export type Breakdown = z.infer<typeof breakdownSchema>;
