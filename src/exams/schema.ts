import { z } from 'zod';
import { moduleSchema, paperSchema } from '../../rubrics/paper-schema.ts';

const instant = z.iso.datetime({ offset: true });

const sessionFields = {
  name: z.string().min(1).max(100),
  startsAt: instant,
  endsAt: instant,
  /** How long after the end a first request still counts. */
  graceSeconds: z.number().int().min(0).max(3600),
};

export const newExamSchema = z.object({
  name: z.string().min(1).max(200),
  sessions: z
    .array(z.object({ ...sessionFields, graceSeconds: sessionFields.graceSeconds.default(60) }))
    .min(1),
  /** Ids of published rubric versions, one per paper. */
  versions: z.array(z.string()).min(1),
});

export const examStateSchema = z.enum(['draft', 'open', 'closed']);

export const examSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  state: examStateSchema,
  createdAt: instant,
  createdBy: z.string(),
});

export const examSchema = examSummarySchema.extend({
  sessions: z.array(z.object({ id: z.string(), ...sessionFields })),
  papers: z.array(
    z.object({
      paper: z.string(),
      version: z.string(),
      number: z.number().int().nullable(),
      title: z.string(),
    }),
  ),
});

export const moveSessionSchema = z.object({ endsAt: instant, graceSeconds: sessionFields.graceSeconds });

export const candidateSchema = z.object({
  id: z.string(),
  ticket: z.string(),
  name: z.string(),
  module: z.string(),
  paper: z.string(),
  session: z.string(),
  room: z.string(),
  seat: z.string(),
});

export const versionSchema = z.object({
  id: z.string(),
  paper: z.string(),
  title: z.string(),
  module: moduleSchema,
  state: z.enum(['draft', 'published']),
  number: z.number().int().nullable(),
  author: z.string(),
  reason: z.string(),
  createdAt: instant,
  publishedAt: instant.nullable(),
});

export const versionDetailSchema = z.object({ id: z.string(), content: paperSchema });
