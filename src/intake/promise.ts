import type { Seating } from '../exams/candidate-identity.ts';
import { ConflictError, NoSpaceError } from '../storage/errors.ts';
import { completeAttempt } from './complete.ts';
import { isComplete } from './counting.ts';
import type { Inspected } from './inspect.ts';
import { type Manifest, manifestSchema, type PackageProblem, packageProblemSchema } from './manifest.ts';
import type { IntakeParts } from './parts.ts';
import { type AttemptRow, attemptById } from './queries.ts';
import { type Receipt, receiptSchema, signReceipt } from './receipt.ts';
import { diskFull, type ReceivedForm } from './receive-files.ts';

/** What the terminal is told: the promise, and what is wrong with the package while time still runs. */
export interface HandInAnswer {
  readonly attempt: string;
  readonly number: number;
  readonly receipt: Receipt;
  readonly problems: PackageProblem[];
  /** Everything that must be there is there; false also when that could not be told. */
  readonly complete: boolean;
  /** Asked names of the required files that are not there. */
  readonly missing: string[];
  /** True when this very hand-in was received before and nothing was done now. */
  readonly idempotent: boolean;
}

/** The answer to a hand-in that is complete, from what was committed. */
export function answerOf(row: AttemptRow, idempotent: boolean): HandInAnswer {
  const problems = packageProblemSchema.array().parse(row.problems);
  const { requiredFilled, requiredTotal } = row;
  return {
    attempt: row.id,
    number: row.number,
    receipt: receiptSchema.parse(row.receipt),
    problems,
    complete: isComplete({ requiredFilled: requiredFilled ?? 0, requiredTotal: requiredTotal ?? 1 }),
    missing: problems.filter(({ code }) => code === 'missing-file').map(({ path }) => path),
    idempotent,
  };
}

/**
 * Finishes an attempt whose manifest was written but whose row was not committed: the process died between the two,
 * or another one holds the same key. Doing it twice changes nothing.
 * @returns false when there is no manifest: nothing was promised then
 * @throws Error when the manifest is there and cannot be read
 */
export async function settleFromManifest(
  { database, manifests }: Pick<IntakeParts, 'database' | 'manifests'>,
  { id, examId }: Pick<AttemptRow, 'id' | 'examId'>,
): Promise<boolean> {
  const found = await manifests.read(examId, id);
  if (!found) return false;
  if ('problem' in found) throw new Error(`${found.location}: ${found.problem}`);
  await completeAttempt(database, manifestSchema.parse(found.value), found.sha256);
  return true;
}

/** What was promised to an attempt before; null when nothing was. */
export async function formerPromise(parts: IntakeParts, row: AttemptRow): Promise<HandInAnswer | null> {
  if (row.state === 'complete') return answerOf(row, true);
  if (!(await settleFromManifest(parts, row))) return null;
  const settled = await attemptById(parts.database.db, row.id);
  if (settled?.state !== 'complete')
    throw new Error(`attempt ${row.id} has a manifest but cannot be completed`);
  return answerOf(settled, true);
}

function manifestOf(
  { key }: IntakeParts,
  seating: Seating,
  row: AttemptRow,
  form: ReceivedForm,
  { problems, filling }: Inspected,
): Manifest {
  const { candidateId, ticket, name, room, seat, session } = seating;
  const { id, number, idempotencyKey } = row;
  const exam = { id: seating.examId, name: seating.examName };
  const paper = { id: seating.paperId, version: seating.versionId };
  const firstRequestAt = row.firstRequestAt.toISOString();
  const completedAt = new Date().toISOString();
  const files = form.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
  const promised = { attempt: id, number, exam, session: session.name, ticket, paper, completedAt, files };
  return {
    kind: 'attempt',
    version: 1,
    attempt: { id, number, idempotencyKey },
    exam,
    session: { id: session.id, name: session.name },
    candidate: { id: candidateId, ticket, name, room, seat },
    claimed: { room: form.room, seat: form.seat },
    paper,
    firstRequestAt,
    completedAt,
    files,
    problems,
    filling,
    receipt: signReceipt({ version: 1, ...promised, receivedAt: firstRequestAt }, key),
  };
}

/** Hand-ins whose word to the graders is still under way; a service waits for them before it ends. */
const telling = new Set<Promise<void>>();

/** The receipt does not wait for the queue: what is not queued now, the reconciler queues. */
function tell({ onHandedIn, log }: IntakeParts, attemptId: string, versionId: string): void {
  const told = onHandedIn({ attemptId, versionId })
    .catch((error: unknown) =>
      log.error({ err: error, attempt: attemptId }, 'could not queue a hand-in; the reconciler will'),
    )
    .finally(() => telling.delete(told));
  telling.add(told);
}

/** Resolves when every hand-in so far was passed on to the graders. */
export async function allTold(): Promise<void> {
  await Promise.all(telling);
}

/**
 * Turns stored bytes into a promise: manifest on disk, row committed, and only then the receipt is given away.
 * The bytes of `form` must be in the store already, flushed.
 * @param attempts the candidate's others as last seen, when somebody looked
 * @throws Problem 507 disk full
 */
export async function promise(
  parts: IntakeParts,
  seating: Seating,
  row: AttemptRow,
  form: ReceivedForm,
  attempts?: readonly AttemptRow[],
): Promise<HandInAnswer> {
  const inspected = await parts.inspect(form.files, seating.versionId);
  const manifest = manifestOf(parts, seating, row, form, inspected);
  try {
    const { sha256 } = await parts.manifests.write(seating.examId, row.id, manifest);
    await completeAttempt(parts.database, manifest, sha256, attempts);
  } catch (error) {
    if (error instanceof NoSpaceError) throw diskFull(error);
    // The same key came in through two processes at once: the promise that was written first is the one that stands.
    const former = error instanceof ConflictError ? await formerPromise(parts, row) : null;
    if (former) return former;
    throw error;
  }
  tell(parts, row.id, seating.versionId);
  const { receipt, problems, filling } = manifest;
  const { requiredFilled, requiredTotal } = filling;
  return answerOf({ ...row, receipt, problems, requiredFilled, requiredTotal }, false);
}
