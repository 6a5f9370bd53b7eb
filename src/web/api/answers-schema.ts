import { z } from 'zod';
import { idSchema, meSchema, signedInSchema } from '../../access/schema.ts';
import { candidateSchema, examSchema, examSummarySchema, versionSchema } from '../../exams/schema.ts';
import {
  handInAnswerSchema,
  roomLineSchema,
  startedSchema,
  statusSchema,
  taskSchema,
  tokenAnswerSchema,
} from '../../intake/schema.ts';
import { resultLineSchema } from '../../results/schema.ts';
import {
  changedMeanwhileSchema,
  fileTextSchema,
  leaseSchema,
  markedSchema,
  markSchema,
  processImportedSchema,
  processItemSchema,
  processLineSchema,
  reviewLineSchema,
  reviewSchema,
} from '../../review/schema.ts';

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/**
 * What the service answers, by name: its own schemas. The pages take their types from here; in development every
 * answer is parsed too. In the built pages only the types are left.
 */
export const answers = {
  nothing: z.null(),
  signedIn: signedInSchema,
  me: meSchema,
  candidateToken: tokenAnswerSchema,
  handInStatus: statusSchema,
  task: taskSchema,
  handedIn: handInAnswerSchema,
  started: startedSchema,
  exams: pageOf(examSummarySchema),
  exam: examSchema,
  candidates: pageOf(candidateSchema),
  made: idSchema,
  imported: z.object({ imported: z.number() }),
  versions: pageOf(versionSchema),
  published: z.object({ paper: z.string(), number: z.number() }),
  roomLines: pageOf(roomLineSchema),
  reviewLines: pageOf(reviewLineSchema),
  reviewLine: reviewLineSchema,
  review: reviewSchema,
  lease: leaseSchema,
  marked: markedSchema,
  marks: z.array(markSchema),
  changedMeanwhile: changedMeanwhileSchema,
  fileText: fileTextSchema,
  processLines: pageOf(processLineSchema),
  processMarked: processItemSchema,
  processImported: processImportedSchema,
  results: pageOf(resultLineSchema),
};

export type AnswerName = keyof typeof answers;
export type Answers = { [K in AnswerName]: z.infer<(typeof answers)[K]> };
/** One entry of a paged list. */
export type Entry<K extends AnswerName> = Answers[K] extends { items: (infer T)[] } ? T : never;
