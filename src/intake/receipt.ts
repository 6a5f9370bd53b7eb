import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../rubrics/canonical.ts';

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

/** Crockford's letters: no I, L, O, U, so nothing is misread on paper. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const bytesOf = (body: ReceiptBody): Buffer => Buffer.from(canonicalJson(body));

/** A receipt's short code, e.g. `7KQ2-9F3M-…`: the same for the same body. */
export function receiptCode(body: ReceiptBody): string {
  const digest = createHash('sha256').update(bytesOf(body)).digest();
  let bits = BigInt(`0x${digest.subarray(0, 10).toString('hex')}`);
  let code = '';
  for (let index = 0; index < 16; index += 1) {
    code = `${letters[Number(bits & 31n)]}${code}`;
    bits >>= 5n;
  }
  return code.match(/.{4}/g)?.join('-') ?? code;
}

/** Signs a receipt. Ed25519 is deterministic: the same body and key give the same receipt byte for byte. */
export function signReceipt(body: ReceiptBody, key: { id: string; privateKey: KeyObject }): Receipt {
  const signature = sign(null, bytesOf(body), key.privateKey).toString('base64');
  return { receipt: body, code: receiptCode(body), keyId: key.id, signature };
}

export type Verification =
  | { valid: true }
  | { valid: false; reason: 'unknown-key' | 'bad-signature' | 'bad-code' };

/**
 * Checks a receipt offline.
 * @param keys public keys by id, PEM or base64 of the raw SPKI
 */
export function verifyReceipt(
  { receipt, code, keyId, signature }: Receipt,
  keys: ReadonlyMap<string, string>,
): Verification {
  const key = keys.get(keyId);
  if (!key) return { valid: false, reason: 'unknown-key' };
  const good = verify(null, bytesOf(receipt), createPublicKey(key), Buffer.from(signature, 'base64'));
  if (!good) return { valid: false, reason: 'bad-signature' };
  return receiptCode(receipt) === code ? { valid: true } : { valid: false, reason: 'bad-code' };
}
