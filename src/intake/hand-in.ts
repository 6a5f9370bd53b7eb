import { setTimeout as wait } from 'node:timers/promises';
import type { Seating } from '../exams/candidate-identity.ts';
import { Problem } from '../http/problem.ts';
import { requireAdmission, seatingOrRefuse } from './admission.ts';
import { keyReused, sameFiles } from './idempotency.ts';
import type { IntakeParts } from './parts.ts';
import { formerPromise, type HandInAnswer, promise } from './promise.ts';
import { type AttemptRow, abortAttempt, attemptsOf, beginAttempt } from './queries.ts';
import type { ReceivedForm } from './receive-files.ts';
import { uploadsOf } from './resumable-queries.ts';
import { requireInTime } from './window.ts';

export type { IntakeParts } from './parts.ts';

/** How a request names its hand-in, and when it came. */
export interface HandInRequest {
  readonly idempotencyKey: string;
  /** Arrival of the request's headers by the server's clock. */
  readonly first: Date;
  /** Streams the files into the store; called only when there is something to receive. */
  readonly receive: () => Promise<ReceivedForm>;
}

/** So long a request waits for another one with its key before it is told to come again. */
const patienceMs = 10_000;

const inProgress = (): Problem =>
  new Problem(409, 'in-progress', '同一次提交正在上传中，请稍候。', { headers: { 'retry-after': '2' } });

/** Hand-ins in one request. Twice the same key is one attempt with one receipt. */
export class HandIns {
  readonly #parts: IntakeParts;
  /** What this process is receiving, by candidate and key. */
  readonly #running = new Map<string, Promise<HandInAnswer>>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Receives a hand-in, or gives the answer that its key got before. While another request with the key runs, this
   * one waits; if that one breaks off, this one takes its place.
   * @throws Problem 409 not open, not started or still running, 422 too late, 429, 507, and what `receive` throws:
   * the attempt is aborted then and its key free again
   */
  async handIn(candidateId: string, request: HandInRequest): Promise<HandInAnswer> {
    const name = `${candidateId} ${request.idempotencyKey}`;
    for (let other = this.#running.get(name); other; other = this.#running.get(name)) {
      const answer = await outcomeOf(other);
      if (answer) return again(answer, request.receive);
    }
    const own = this.#receive(candidateId, request).finally(() => this.#running.delete(name));
    this.#running.set(name, own);
    return own;
  }

  async #receive(
    candidateId: string,
    { idempotencyKey, first, receive }: HandInRequest,
  ): Promise<HandInAnswer> {
    const parts = this.#parts;
    const { database } = parts;
    const [seating, attempts] = await Promise.all([
      seatingOrRefuse(database, candidateId),
      attemptsOf(database, candidateId),
    ]);
    const leftover = attempts.find((one) => one.idempotencyKey === idempotencyKey);
    const former = leftover && (await formerPromise(parts, leftover));
    if (former) return again(former, receive);
    if (leftover) await this.#requireLeftover(seating, leftover);
    else await requireAdmission(parts, seating, attempts, first);
    const { examId } = seating;
    const { row, fresh } = leftover
      ? { row: leftover, fresh: false }
      : await beginAttempt(database, { candidateId, examId, idempotencyKey, firstRequestAt: first });
    const form = await receive().catch(async (error: unknown) => {
      // Another process may be receiving what we only took over: it is not ours to abort.
      if (fresh) await abortAttempt(database, row.id);
      throw error;
    });
    return promise(parts, seating, row, form, attempts);
  }

  /**
   * A process died while it received this: nothing was promised, so it is received anew, and its first request counts.
   * Not so for one that was declared: other files than those would have come in after the end.
   */
  async #requireLeftover(seating: Seating, leftover: AttemptRow): Promise<void> {
    if ((await uploadsOf(this.#parts.database, leftover.id)).length > 0) {
      throw new Problem(
        409,
        'resumable',
        '此次提交已用断点续传开始，请继续上传；或换一个新的 Idempotency-Key。',
      );
    }
    requireInTime(seating, leftover.firstRequestAt);
  }
}

/**
 * The answer a key got before, once the files that came with it now are the same: other work under an old key must
 * not vanish behind an old receipt.
 * @throws Problem 409 when they are others
 */
async function again(answer: HandInAnswer, receive: HandInRequest['receive']): Promise<HandInAnswer> {
  const { files } = await receive();
  if (!sameFiles(files, answer.receipt.receipt.files)) throw keyReused();
  return { ...answer, idempotent: true };
}

/** The answer of a running hand-in; null when it failed. @throws Problem 409 when it takes too long */
async function outcomeOf(running: Promise<HandInAnswer>): Promise<HandInAnswer | null> {
  const enough = new AbortController();
  const late = wait(patienceMs, undefined, { signal: enough.signal }).then(
    () => Promise.reject(inProgress()),
    () => null,
  );
  const answer = running.catch(() => null);
  return Promise.race([answer, late]).finally(() => enough.abort());
}
