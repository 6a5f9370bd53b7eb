import { z } from 'zod';
import { packageProblemSchema } from './manifest.ts';
import { receiptSchema, storedFileSchema } from './receipt-schema.ts';

const instant = z.iso.datetime();

export const tokenRequestSchema = z.object({
  ticket: z.string().min(1).max(40),
  pin: z.string().min(1).max(100),
  /** Only needed when the ticket sits in two open exams. */
  exam: z.string().max(100).optional(),
});

const sessionSchema = z.object({
  name: z.string(),
  startsAt: instant,
  endsAt: instant,
  graceSeconds: z.number().int(),
});

export const tokenAnswerSchema = z.object({
  token: z.string(),
  expiresAt: instant,
  candidate: z.object({ ticket: z.string(), name: z.string(), room: z.string(), seat: z.string() }),
  paper: z.object({ id: z.string(), title: z.string(), minutes: z.number() }),
  session: sessionSchema,
  serverTime: instant,
});

/** aborted: broke off, nothing was promised. */
const attemptStateSchema = z.enum(['receiving', 'complete', 'aborted']);

export const handInAnswerSchema = z.object({
  attempt: z.string(),
  number: z.number().int(),
  receipt: receiptSchema,
  problems: z.array(packageProblemSchema),
  complete: z.boolean(),
  missing: z.array(z.string()),
  idempotent: z.boolean(),
});

/** What is going to be sent in pieces; hashes are lower-case hex. */
export const declarationSchema = z.object({
  files: z.array(
    z.object({
      path: z.string().min(1).max(2000),
      bytes: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  room: z.string().max(100).optional(),
  seat: z.string().max(100).optional(),
});

export const startedSchema = z.object({
  attempt: z.string(),
  number: z.number().int(),
  state: attemptStateSchema,
  files: z.array(
    z.object({
      /** Id of the upload, once it is created. */
      upload: z.string(),
      path: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      /** Bytes that are here already. */
      received: z.number().int(),
    }),
  ),
});

export const statusSchema = z.object({
  serverTime: instant,
  session: sessionSchema.extend({ secondsLeft: z.number().int() }),
  limits: z.object({ fileBytes: z.number(), submissionBytes: z.number(), files: z.number().int() }),
  attempts: z.array(
    z.object({
      attempt: z.string(),
      number: z.number().int(),
      state: attemptStateSchema,
      /** Arrival of the first request. */
      receivedAt: instant,
      counts: z.boolean(),
      complete: z.boolean(),
      requiredFilled: z.number().int().nullable(),
      requiredTotal: z.number().int().nullable(),
      files: z.array(storedFileSchema),
      problems: z.array(packageProblemSchema),
      /** Of the receipt; null when there is none. */
      code: z.string().nullable(),
    }),
  ),
  /** In one Chinese sentence: which hand-in counts, and why. */
  counting: z.string(),
});

export const taskSchema = z.object({
  paper: z.object({ id: z.string(), title: z.string(), minutes: z.number() }),
  /** Markdown. */
  text: z.string(),
  materials: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
});

export const receiptKeysSchema = z.array(z.object({ id: z.string(), publicKey: z.string() }));

export const roomLineSchema = z.object({
  ticket: z.string(),
  name: z.string(),
  session: z.string(),
  room: z.string(),
  seat: z.string(),
  paper: z.string(),
  /** missing: nothing came; problem: what counts is incomplete or has package problems; handed-in: fine. */
  state: z.enum(['missing', 'problem', 'handed-in']),
  attempts: z.number().int(),
  lastAt: instant.nullable(),
  problems: z.array(packageProblemSchema),
});
