import type { Breakdown } from '../../rubrics/breakdown.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import type { Database } from '../database/database.ts';
import { materialsOf, paperOf } from '../exams/rubric-versions.ts';
import { type HandedIn, handedIn } from '../intake/handed-in.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { GraderPool } from './children/pool.ts';
import type { GradeTask, PlacedFile } from './children/task.ts';
import { announce } from './events.ts';
import { type Attention, beginRun, finishRun, type Run, recordResult } from './queries.ts';

export interface GradingParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly pool: GraderPool;
  /** The breakdown of work that no grader could finish: every check `unknown`, with this reason. */
  readonly ungradable: (
    paper: Paper,
    about: Pick<GradeTask, 'submission' | 'attempt' | 'rubricVersion'>,
    reason: Attention,
  ) => Breakdown;
  /** Which graders these are; a run of others is left to others. */
  readonly graderVersion: string;
}

interface Stored {
  readonly path: string;
  readonly sha256: string;
}

/** Finds each blob on this machine. @throws Error naming the file when its bytes are gone */
async function place(blobs: BlobStore, files: readonly Stored[]): Promise<PlacedFile[]> {
  return Promise.all(
    files.map(async ({ path, sha256 }) => {
      const location = await blobs.localPath(sha256);
      if (location === null) throw new Error(`the bytes of ${path} (${sha256}) are not in the store`);
      return { path, location };
    }),
  );
}

/** Papers of published versions never change, so they are read from the database once. */
const papers = new Map<string, Promise<{ paper: Paper; materials: Stored[] }>>();

function versionOf(database: Database, id: string): Promise<{ paper: Paper; materials: Stored[] }> {
  const known = papers.get(id);
  if (known) return known;
  const loading = Promise.all([paperOf(database, id), materialsOf(database, id)]).then(
    ([paper, materials]) => ({ paper, materials }),
  );
  papers.set(id, loading);
  // A failure is the database's, not the version's: the next try must ask again.
  loading.catch(() => papers.delete(id));
  return loading;
}

async function taskOf(parts: GradingParts, run: Run, work: HandedIn): Promise<GradeTask> {
  const { paper, materials } = await versionOf(parts.database, run.rubricVersion);
  return {
    submission: work.candidateId,
    attempt: work.number,
    rubricVersion: run.rubricVersion,
    paper,
    files: await place(parts.blobs, work.files),
    materials: await place(parts.blobs, materials),
  };
}

/**
 * Grades one attempt in a child and records its one result. Whatever the submission does, a result is recorded:
 * where no grader could finish, every machine item is `unknown` and the run needs attention.
 * Idempotent: a job that comes twice finds the result and ends.
 * @throws when the database, the store or this process fails: the queue tries again
 */
export async function gradeAttempt(parts: GradingParts, runId: string, signal?: AbortSignal): Promise<void> {
  const { database } = parts;
  const run = await beginRun(database.db, runId);
  if (!run || run.state === 'graded' || run.state === 'attention') return;
  const work = await handedIn(database, run.attemptId);
  if (!work) throw new Error(`attempt ${run.attemptId} of run ${runId} is not complete or does not exist`);
  await announce(database.db, { attemptId: run.attemptId, state: 'grading' });
  const task = await taskOf(parts, run, work);
  const end = await parts.pool.run(task, signal);
  if (end.kind === 'graded') {
    await recordResult(database, run, end.breakdown, null);
  } else {
    const reason = { code: end.code, text: end.text };
    await recordResult(database, run, parts.ungradable(task.paper, task, reason), reason);
  }
  await announce(database.db, {
    attemptId: run.attemptId,
    state: end.kind === 'graded' ? 'graded' : 'attention',
  });
}

/** Says on the run that its job was given up: the service, not the submission, was at fault. A retry may follow. */
export async function giveUp(
  { database }: Pick<GradingParts, 'database'>,
  run: { runId: string; attemptId: string },
  error: Error,
): Promise<void> {
  const text = `初评未能完成（${error.message}），请管理员检查系统后重新初评。`;
  await finishRun(database.db, run.runId, { code: 'grading-failed', text });
  await announce(database.db, { attemptId: run.attemptId, state: 'attention' });
}
