import { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { notify } from '../database/notify.ts';

/** The states a person understands; `received` is the hand-in before anybody queued it. */
export const progressStateSchema = z.enum(['received', 'queued', 'grading', 'graded', 'attention']);
export type ProgressState = z.infer<typeof progressStateSchema>;

/** What is told when an attempt moves on. Ids only: who listens reads what it may see. */
export const progressSchema = z.object({ attemptId: z.string(), state: progressStateSchema });
export type Progress = z.infer<typeof progressSchema>;

export const progressChannel = 'kaoping_progress';

/** Tells every process that shows progress. Inside a transaction it goes out when that commits. */
export const announce = (db: Queries, progress: Progress): Promise<void> =>
  notify(db, progressChannel, progress);
