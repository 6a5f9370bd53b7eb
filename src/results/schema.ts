import { z } from 'zod';
import { moduleSchema } from '../../rubrics/paper-schema.ts';

const points = z.number();

/** none: nothing was handed in; incomplete: something is missing, see `missing`; complete: nothing is. */
export const resultStateSchema = z.enum(['none', 'incomplete', 'complete']);
export type ResultState = z.infer<typeof resultStateSchema>;

/** What keeps a result from being complete. A missing mark is missing, never a low score. */
export const missingSchema = z.object({
  /** ungraded: the machine is not done; review: items wait for an examiner; doubt: marks carry 疑问; process: the invigilator's marks are not in. */
  kind: z.enum(['ungraded', 'review', 'doubt', 'process']),
  /** How many items; 0 for `ungraded`. */
  items: z.number().int(),
  /** The possible points still open. */
  points,
});
export type Missing = z.infer<typeof missingSchema>;

export const resultLineSchema = z.object({
  candidateId: z.string(),
  ticket: z.string(),
  name: z.string(),
  blindNumber: z.number().int(),
  session: z.string(),
  room: z.string(),
  seat: z.string(),
  paper: z.string(),
  module: moduleSchema,
  state: resultStateSchema,
  missing: z.array(missingSchema),
  /** Null while there is no breakdown. */
  possible: points.nullable(),
  settled: points.nullable(),
  suggested: points.nullable(),
  /** The score; null unless the state is `complete`. */
  awarded: points.nullable(),
});
export type ResultLine = z.infer<typeof resultLineSchema>;

export const resultFilterSchema = z.object({
  paper: z.string().optional(),
  state: resultStateSchema.optional(),
});
export type ResultFilter = z.infer<typeof resultFilterSchema>;
