import { z } from 'zod';

const instant = z.iso.datetime();
export const storedFileSchema = z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() });

/** What is promised: these bytes are stored, since then, for this candidate. */
export const receiptBodySchema = z.object({
  version: z.literal(1),
  attempt: z.string(),
  number: z.number().int(),
  exam: z.object({ id: z.string(), name: z.string() }),
  session: z.string(),
  ticket: z.string(),
  paper: z.object({ id: z.string(), version: z.string() }),
  /** Arrival of the first request: what counts against the end of the session. */
  receivedAt: instant,
  completedAt: instant,
  files: z.array(storedFileSchema),
});
export type ReceiptBody = z.infer<typeof receiptBodySchema>;

export const receiptSchema = z
  .object({
    receipt: receiptBodySchema,
    /** The first 80 bits of the body's hash in five groups of four, to read aloud or write down. */
    code: z.string(),
    keyId: z.string(),
    /** Ed25519 over the canonical JSON of `receipt`, base64. */
    signature: z.string(),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receiptSchema>;
