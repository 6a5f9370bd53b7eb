import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../rubrics/canonical.ts';
import type { Receipt, ReceiptBody } from './receipt-schema.ts';

export { type Receipt, receiptSchema } from './receipt-schema.ts';

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
