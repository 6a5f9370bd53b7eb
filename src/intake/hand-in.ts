import type { Limits } from '../config.ts';
import type { Database } from '../database/database.ts';
import { type Seating, seatingOf } from '../exams/candidate-identity.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { freeBytes } from '../storage/disk-space.ts';
import { ConflictError } from '../storage/errors.ts';
import type { ManifestStore } from '../storage/manifest-store.ts';
import type { Inspect } from './inspect.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import {
  type AttemptRow,
  abortAttempt,
  attemptById,
  attemptsSince,
  beginAttempt,
  completeAttempt,
} from './queries.ts';
import { type Receipt, receiptSchema, signReceipt } from './receipt.ts';
import type { ReceivedForm } from './receive-files.ts';
import type { SigningKey } from './signing.ts';
import { requireInTime } from './window.ts';

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface IntakeParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  readonly key: SigningKey;
  readonly limits: Limits;
  readonly dataDir: string;
  readonly inspect: Inspect;
  readonly log: Log;
  /** Told after the commit; what it throws is logged and never fails a hand-in that is already safe. */
  readonly onHandedIn: (handedIn: { attemptId: string; versionId: string }) => Promise<void>;
}

/** What the terminal is told: the promise, and what is wrong with the package while time still runs. */
export interface HandInAnswer {
  readonly attempt: string;
  readonly number: number;
  readonly receipt: Receipt;
  readonly problems: Manifest['problems'];
  readonly complete: boolean;
  readonly missing: string[];
  /** True when this very hand-in was received before and nothing was done now. */
  readonly idempotent: boolean;
}

/** More hand-ins than this within an hour are a program gone wild. */
const attemptsPerHour = 60;

/** Attempts that a request of this process is receiving right now. */
const receiving = new Set<string>();

/** The candidate's seating. @throws Problem 404 */
export async function seatingOrRefuse(database: Database, candidateId: string): Promise<Seating> {
  const seating = await seatingOf(database, candidateId);
  if (!seating) throw notFound('此考生');
  return seating;
}

async function refuseWhenFull({ dataDir, limits }: IntakeParts): Promise<void> {
  if ((await freeBytes(dataDir)) < limits.freeDiskBytes) {
    throw new Problem(507, 'disk-full', '服务器存储空间不足，请立即举手示意监考员。');
  }
}

async function refuseTooMany({ database }: IntakeParts, candidateId: string, now: Date): Promise<void> {
  const hour = new Date(now.getTime() - 3_600_000);
  if ((await attemptsSince(database, candidateId, hour)) < attemptsPerHour) return;
  throw new Problem(429, 'too-many-attempts', '一小时内提交次数过多，请稍后再试。', {
    headers: { 'retry-after': '600' },
  });
}

function answerOf(
  row: Pick<AttemptRow, 'id' | 'number'>,
  manifest: Pick<Manifest, 'receipt' | 'problems' | 'filling'>,
  idempotent: boolean,
): HandInAnswer {
  const { receipt, problems, filling } = manifest;
  return {
    attempt: row.id,
    number: row.number,
    receipt,
    problems,
    complete: filling.requiredFilled >= filling.requiredTotal,
    missing: filling.missing,
    idempotent,
  };
}

/** The answer to a hand-in that was completed before, from what was written then. */
async function formerAnswer({ manifests }: IntakeParts, row: AttemptRow): Promise<HandInAnswer> {
  const found = await manifests.read(row.examId, row.id);
  if (!found || 'problem' in found) throw new Error(`the manifest of attempt ${row.id} cannot be read`);
  const manifest = manifestSchema.parse(found.value);
  return answerOf(row, { ...manifest, receipt: receiptSchema.parse(row.receipt) }, true);
}

/**
 * Finishes an attempt whose manifest was written but whose row was not committed (the process died between the two).
 * @returns false when there is no manifest: nothing was promised then, and the client sends again
 */
export async function settleFromManifest(
  { database, manifests }: Pick<IntakeParts, 'database' | 'manifests'>,
  row: Pick<AttemptRow, 'id' | 'examId'>,
): Promise<boolean> {
  const found = await manifests.read(row.examId, row.id);
  if (!found) return false;
  if ('problem' in found) throw new Error(`${found.location}: ${found.problem}`);
  await completeAttempt(database, manifestSchema.parse(found.value), found.sha256);
  return true;
}

/** Begins (or finds) the attempt of a key. An answer means: it was handed in before. */
export async function openAttempt(
  parts: IntakeParts,
  seating: Seating,
  idempotencyKey: string,
  first: Date,
): Promise<{ row: AttemptRow } | { answer: HandInAnswer }> {
  const { candidateId, examId } = seating;
  const { row, fresh } = await beginAttempt(parts.database, {
    candidateId,
    examId,
    idempotencyKey,
    firstRequestAt: first,
  });
  if (fresh) {
    try {
      requireInTime(seating, first);
      await refuseTooMany(parts, candidateId, first);
      await refuseWhenFull(parts);
    } catch (error) {
      await abortAttempt(parts.database, row.id);
      throw error;
    }
    return { row };
  }
  if (row.state === 'complete') return { answer: await formerAnswer(parts, row) };
  if (receiving.has(row.id)) {
    throw new Problem(409, 'in-progress', '同一次提交正在上传中，请稍候。', {
      headers: { 'retry-after': '2' },
    });
  }
  if (await settleFromManifest(parts, row)) return { answer: await promiseOfOther(parts, row) };
  // Left over by a process that died: nothing was promised, so it is received anew; its first request still counts.
  requireInTime(seating, row.firstRequestAt);
  return { row };
}

function manifestOf(
  { key }: IntakeParts,
  seating: Seating,
  row: AttemptRow,
  form: ReceivedForm,
  inspected: Awaited<ReturnType<Inspect>>,
): Manifest {
  const completedAt = new Date().toISOString();
  const firstRequestAt = row.firstRequestAt.toISOString();
  const exam = { id: seating.examId, name: seating.examName };
  const paper = { id: seating.paperId, version: seating.versionId };
  const files = form.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  const receipt = signReceipt(
    {
      version: 1,
      attempt: row.id,
      number: row.number,
      exam,
      session: seating.session.name,
      ticket: seating.ticket,
      paper,
      receivedAt: firstRequestAt,
      completedAt,
      files,
    },
    key,
  );
  return {
    kind: 'attempt',
    version: 1,
    attempt: { id: row.id, number: row.number, idempotencyKey: row.idempotencyKey },
    exam,
    session: { id: seating.session.id, name: seating.session.name },
    candidate: {
      id: seating.candidateId,
      ticket: seating.ticket,
      name: seating.name,
      room: seating.room,
      seat: seating.seat,
    },
    claimed: { room: form.room, seat: form.seat },
    paper,
    firstRequestAt,
    completedAt,
    files,
    ...inspected,
    receipt,
  };
}

async function promiseOfOther(parts: IntakeParts, { id, examId }: AttemptRow): Promise<HandInAnswer> {
  await settleFromManifest(parts, { id, examId });
  const settled = await attemptById(parts.database.db, id);
  if (settled?.state !== 'complete') throw new Error(`attempt ${id} has a manifest but cannot be completed`);
  return formerAnswer(parts, settled);
}

/**
 * Turns stored bytes into a promise: manifest on disk, row committed, and only then the receipt is given away.
 * The bytes of `form` must be in the store already, flushed.
 */
export async function promise(
  parts: IntakeParts,
  seating: Seating,
  row: AttemptRow,
  form: ReceivedForm,
): Promise<HandInAnswer> {
  const manifest = manifestOf(parts, seating, row, form, await parts.inspect(form.files, seating.versionId));
  try {
    const written = await parts.manifests.write(seating.examId, row.id, manifest);
    await completeAttempt(parts.database, manifest, written.sha256);
  } catch (error) {
    // The same key came in twice at once and the other was first: its promise is the one that stands.
    if (error instanceof ConflictError) return promiseOfOther(parts, row);
    throw error;
  }
  try {
    await parts.onHandedIn({ attemptId: row.id, versionId: seating.versionId });
  } catch (error) {
    parts.log.error({ err: error, attempt: row.id }, 'could not queue a hand-in; the reconciler will');
  }
  return answerOf(row, manifest, false);
}

/**
 * Receives a hand-in in one request. Twice the same key is one attempt with one receipt.
 * @param receive streams the files into the store; called only when there is something to receive
 * @throws Problem as `openAttempt` and `receive`; the attempt is then aborted and its key free again
 */
export async function handIn(
  parts: IntakeParts,
  candidateId: string,
  { idempotencyKey, first }: { idempotencyKey: string; first: Date },
  receive: () => Promise<ReceivedForm>,
): Promise<HandInAnswer> {
  const seating = await seatingOrRefuse(parts.database, candidateId);
  const opened = await openAttempt(parts, seating, idempotencyKey, first);
  if ('answer' in opened) return opened.answer;
  const { row } = opened;
  receiving.add(row.id);
  try {
    const form = await receive().catch(async (error: unknown) => {
      await abortAttempt(parts.database, row.id);
      throw error;
    });
    return await promise(parts, seating, row, form);
  } finally {
    receiving.delete(row.id);
  }
}
