import { z } from 'zod';

/**
 * An id that may stand in a job id: letters, digits and `_`, or a UUID. `:` is refused by BullMQ, and a free
 * `-` would let two pairs of ids make the same job id (`a-b` + `c`, `a` + `b-c`).
 */
const idPattern = '[0-9A-Za-z_]{1,64}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const id = z
  .string()
  .regex(new RegExp(`^(?:${idPattern})$`), 'must be letters, digits and _ (at most 64), or a UUID');
const version = z.string().min(1).max(200);

/** What a grading job carries: ids only. Whoever works on it reads everything else where it is stored. */
const gradePayloadSchema = z.strictObject({
  attemptId: id,
  rubricVersion: version,
  graderVersion: version,
  runId: id,
});
export type GradePayload = z.infer<typeof gradePayloadSchema>;

/** Every kind of work there is. A new kind is one more member here and one more line in `jobId`. */
const jobSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('grade'), payload: gradePayloadSchema }),
]);
export type WorkJob = z.infer<typeof jobSchema>;

/** A job whose name or payload does not fit the schema; it never enters the queue. */
export class InvalidJobError extends Error {
  override name = 'InvalidJobError';
}

/** Checks name and payload of a job. @throws InvalidJobError naming each field that does not fit. */
export function parseJob(job: unknown): WorkJob {
  const parsed = jobSchema.safeParse(job);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'job'}: ${issue.message}`);
  throw new InvalidJobError(`not a job of this queue: ${faults.join('; ')}`);
}

/** The job's identity: the same attempt and run always give the same id, different ones never do. */
export function jobId(job: WorkJob): string {
  return `grade-${job.payload.attemptId}-${job.payload.runId}`;
}

const gradeJobId = new RegExp(`^grade-(${idPattern})-(${idPattern})$`);

/** Reads a job id back, so that an event tells which attempt it is about; null for an id this queue never gave. */
export function readJobId(id: string): { attemptId: string; runId: string } | null {
  const [, attemptId, runId] = gradeJobId.exec(id) ?? [];
  return attemptId && runId ? { attemptId, runId } : null;
}
