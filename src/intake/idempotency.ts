import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../http/problem.ts';
import type { ReceivedFile } from './receive-files.ts';

/** For the documentation; `idempotencyKeyOf` is what refuses. */
export const idempotencyHeader = z.object({ 'idempotency-key': z.string().optional() });

/** The client's key of a hand-in. @throws Problem 400 */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && key.length > 0 && key.length <= 200) return key;
  throw new Problem(
    400,
    'no-idempotency-key',
    '缺少 Idempotency-Key 请求头（1–200 个字符）：同一次提交重发时须使用同一个值。',
  );
}

/** When the request's headers were here, by our clock: what counts against the end of a session. */
export const arrivalOf = (reply: FastifyReply): Date => new Date(Date.now() - reply.elapsedTime);

const fingerprint = (files: readonly ReceivedFile[]): string =>
  files
    .map(({ path, bytes, sha256 }) => `${sha256} ${bytes} ${path}`)
    .toSorted()
    .join('\n');

/** Whether two hand-ins hold the same files under the same names, in whatever order. */
export const sameFiles = (one: readonly ReceivedFile[], other: readonly ReceivedFile[]): boolean =>
  fingerprint(one) === fingerprint(other);

/** One key, two different hand-ins: a program that must take a new key for each. */
export const keyReused = (): Problem =>
  new Problem(409, 'key-reused', '此 Idempotency-Key 已用于另一次提交，请换一个新值。');
