import type { Limits } from '../config.ts';
import { notFound, Problem } from '../http/problem.ts';
import { requireAdmission, seatingOrRefuse } from './admission.ts';
import { cleanClaim, cleanPath, refuseTwice } from './file-path.ts';
import { keyReused, sameFiles } from './idempotency.ts';
import type { IntakeParts } from './parts.ts';
import { formerPromise, type HandInAnswer, promise } from './promise.ts';
import { type AttemptRow, attemptById, attemptsOf, beginAttempt } from './queries.ts';
import {
  fileTooLarge,
  noFiles,
  type ReceivedFile,
  submissionTooLarge,
  tooManyFiles,
} from './receive-files.ts';
import { declareUploads, noteUpload, type UploadRow, uploadsOf } from './resumable-queries.ts';
import type { Adopted, UploadStore } from './resumable-store.ts';
import { requireInTime } from './window.ts';

/** What a terminal says it is going to send, in pieces. */
export interface Declaration {
  readonly files: readonly ReceivedFile[];
  readonly room?: string | undefined;
  readonly seat?: string | undefined;
}

/** An attempt whose files come in pieces. */
export interface Started {
  readonly attempt: string;
  readonly number: number;
  readonly state: AttemptRow['state'];
  readonly files: { upload: string; path: string; bytes: number; sha256: string; received: number }[];
}

export interface ResumableParts extends IntakeParts {
  readonly uploads: UploadStore;
}

/** @throws Problem 413, 422 */
function checked(files: readonly ReceivedFile[], limits: Limits): ReceivedFile[] {
  if (files.length === 0) throw noFiles();
  if (files.length > limits.files) throw tooManyFiles(limits);
  const paths = new Set<string>();
  let sum = 0;
  return files.map(({ path: name, bytes, sha256 }) => {
    const path = cleanPath(name);
    refuseTwice(path, paths);
    paths.add(path);
    sum += bytes;
    if (bytes > limits.fileBytes) throw fileTooLarge(path, limits);
    if (sum > limits.submissionBytes) throw submissionTooLarge(limits);
    return { path, bytes, sha256 };
  });
}

const declaredFile = ({ path, length, declaredSha256 }: UploadRow): ReceivedFile => ({
  path,
  bytes: length,
  sha256: declaredSha256,
});

/**
 * Begins a hand-in in pieces. The hashes are declared now, so that what arrives after the end is what was there
 * before it: the arrival of this request is what counts. The same key and files give the same attempt again.
 * @throws Problem 409 not open, not started, or the key stands for other files; 413, 422, 429, 507
 */
export async function startResumable(
  parts: ResumableParts,
  candidateId: string,
  { idempotencyKey, first }: { idempotencyKey: string; first: Date },
  { files: declared, room, seat }: Declaration,
): Promise<Started> {
  const { database, uploads, limits } = parts;
  const files = checked(declared, limits);
  const seating = await seatingOrRefuse(database, candidateId);
  const attempts = await attemptsOf(database, candidateId);
  const present = attempts.find((one) => one.idempotencyKey === idempotencyKey);
  if (!present) await requireAdmission(parts, seating, attempts, first);
  // A hand-in in one request that broke off declared nothing: what is declared for it only now must be in time now.
  else if (present.state === 'receiving' && (await uploadsOf(database, present.id)).length === 0)
    requireInTime(seating, first);
  const { examId } = seating;
  const claim = { room: cleanClaim(room), seat: cleanClaim(seat) };
  const wanted = { candidateId, examId, idempotencyKey, firstRequestAt: first, ...claim };
  const row = present ?? (await beginAttempt(database, wanted)).row;
  const rows =
    row.state === 'receiving'
      ? await declareUploads(database, { attemptId: row.id, candidateId }, files)
      : await uploadsOf(database, row.id);
  if (!sameFiles(rows.map(declaredFile), files)) throw keyReused();
  const shown = rows.map(async (one) => ({
    upload: one.id,
    ...declaredFile(one),
    received: row.state === 'complete' ? one.length : await uploads.received(one),
  }));
  return { attempt: row.id, number: row.number, state: row.state, files: await Promise.all(shown) };
}

/** Takes an upload whose last byte came into the store. Doing it twice changes nothing. */
export async function finishUpload(
  { database, uploads }: Pick<ResumableParts, 'database' | 'uploads'>,
  row: UploadRow,
): Promise<Adopted> {
  if (row.completedAt) return 'stored';
  const whole = (await uploads.received(row)) === row.length;
  if (whole) await noteUpload(database, row.id, { offset: row.length });
  const adopted = await uploads.adopt(row);
  if (adopted === 'stored')
    await noteUpload(database, row.id, { offset: row.length, completedAt: new Date() });
  if (adopted === 'mismatch') await noteUpload(database, row.id, { offset: 0 });
  return adopted;
}

/** Told to the client whose bytes are not the declared ones. */
export const hashMismatch = (path: string): Problem =>
  new Problem(422, 'hash-mismatch', `文件“${path}”收到的内容与申报的 SHA-256 不符，请重新上传此文件。`);

async function requireAllFiles(parts: ResumableParts, rows: readonly UploadRow[]): Promise<void> {
  const states = await Promise.all(rows.map((row) => finishUpload(parts, row)));
  const missing = await Promise.all(
    rows
      .filter((_, index) => states[index] !== 'stored')
      .map(async (row) => ({
        where: row.path,
        message: `已收到 ${await parts.uploads.received(row)} / ${row.length} 字节`,
      })),
  );
  if (missing.length === 0) return;
  const title = `还有 ${missing.length} 个文件未上传完，请继续上传后再完成提交。`;
  throw new Problem(409, 'incomplete', title, { errors: missing });
}

/**
 * Turns the uploaded pieces of an attempt into a hand-in with a receipt. Asked twice it gives the same receipt.
 * @throws Problem 404 no such attempt of this candidate, 409 when files are missing or it was given up, 422 too late
 */
export async function completeResumable(
  parts: ResumableParts,
  candidateId: string,
  attemptId: string,
): Promise<HandInAnswer> {
  const { database } = parts;
  const row = await attemptById(database.db, attemptId);
  if (row?.candidateId !== candidateId) throw notFound('此次提交');
  const former = await formerPromise(parts, row);
  if (former) return former;
  const seating = await seatingOrRefuse(database, candidateId);
  const rows = await uploadsOf(database, attemptId);
  if (row.state === 'aborted' || rows.length === 0)
    throw new Problem(409, 'not-resumable', '此次提交已中断，请重新提交。');
  requireInTime(seating, row.firstRequestAt);
  await requireAllFiles(parts, rows);
  const { room, seat } = row;
  return promise(parts, seating, row, { files: rows.map(declaredFile), room, seat });
}
