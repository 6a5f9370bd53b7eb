import { z } from 'zod';
import { breakdownSchema } from '../../rubrics/breakdown.ts';
import { moduleSchema } from '../../rubrics/paper-schema.ts';
import { progressStateSchema } from './events.ts';

const instant = z.iso.datetime();

/** One attempt in a list. Identity is for administrators; everybody else sees the blind number (卷号) only. */
export const submissionSchema = z.object({
  attemptId: z.string(),
  blindNumber: z.number().int(),
  ticket: z.string().nullable(),
  exam: z.string(),
  paper: z.string(),
  module: moduleSchema,
  attempt: z.number().int(),
  /** Whether this attempt is the one that counts for its candidate. */
  counts: z.boolean(),
  receivedAt: instant,
  state: progressStateSchema,
  /** Why a human must look, when the state is `attention`. */
  reason: z.object({ code: z.string(), text: z.string() }).nullable(),
  settled: z.number().nullable(),
  suggested: z.number().nullable(),
});
export type Submission = z.infer<typeof submissionSchema>;

export const submissionDetailSchema = submissionSchema.extend({
  files: z.array(
    z.object({ position: z.number().int(), path: z.string(), bytes: z.number().int(), sha256: z.string() }),
  ),
  breakdown: breakdownSchema.nullable(),
});

export const submissionFilterSchema = z.object({
  exam: z.string().optional(),
  paper: z.string().optional(),
  module: moduleSchema.optional(),
  state: progressStateSchema.optional(),
  /** Only attempts that count for their candidate. */
  counting: z.stringbool().optional(),
});
export type SubmissionFilter = z.infer<typeof submissionFilterSchema>;
