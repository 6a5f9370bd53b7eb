import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. Written into every hash, so it may change. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

const tagOf = (secret: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> =>
  derive('argon2id', { message: secret.normalize('NFKC'), nonce, memory, passes, parallelism, tagLength });

/** Hash of a password or PIN in the usual PHC form, `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. About 40 ms on purpose. */
export async function hashSecret(secret: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await tagOf(secret, nonce, cost);
  const { memory, passes, parallelism } = cost;
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(nonce)}$${bare(tag)}`;
}

/** A new password for somebody: 16 characters (80 bits) that nobody mistakes for each other. */
export const newPassword = (): string => {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789-';
  return [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join('');
};

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

/**
 * True when `secret` is what was hashed.
 * @throws Error when the stored hash is none of ours: damaged data must not look like a wrong password.
 */
export async function verifySecret(secret: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, tag] = phc.exec(hash) ?? [];
  if (!nonce || !tag) throw new Error('stored password hash is damaged: expected $argon2id$v=19$…');
  const expected = Buffer.from(tag, 'base64');
  const stored = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const actual = await tagOf(secret, Buffer.from(nonce, 'base64'), stored);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

let decoy: Promise<string> | undefined;

/** Spends the time of one verification where there is no such account, so a clock cannot tell the difference. */
export async function verifyNobody(secret: string): Promise<false> {
  decoy ??= hashSecret(randomBytes(16).toString('hex'));
  await verifySecret(secret, await decoy);
  return false;
}
