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
  by: decidedBySchema,
  /** Null when no check ran: `examiner` and `process` items. */
  outcome: verdictSchema.nullable(),
  share: exactSchema.nullable(),
  /** Provisional points; null while only a human can say. */
  proposed: points.nullable(),
  /** Points that a human decided; null until then. */
  final: points.nullable(),
  reason: z.object({ code: z.string(), values: reasonValuesSchema, text: z.string() }).nullable(),
  confidence: z.number().nullable(),
  cause: z.string().nullable(),
  /** True: the loss is charged to another item that has the same root cause, so nothing is lost here. */
  excused: z.boolean(),
  evidence: z.array(evidenceSchema),
});
export type BreakdownItem = z.infer<typeof breakdownItemSchema>;

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
 * `awarded` is null until nothing is pending: an unfinished score is never shown as a low one.
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
