import { z } from 'zod';

/** The states a person understands; `received` is the hand-in before anybody queued it. */
export const progressStateSchema = z.enum(['received', 'queued', 'grading', 'graded', 'attention']);
export type ProgressState = z.infer<typeof progressStateSchema>;

/** What is told when an attempt moves on. Ids only: who listens reads what it may see. */
export const progressSchema = z.object({ attemptId: z.string(), state: progressStateSchema });
export type Progress = z.infer<typeof progressSchema>;

/** Where it is told, inside the transaction that makes it true: it goes out with the commit. */
export const progressChannel = 'kaoping_progress';
