import type { Breakdown } from '../../rubrics/breakdown.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import type { Database } from '../database/database.ts';
import { materialsOf, paperOf } from '../exams/rubric-versions.ts';
import { handedIn } from '../intake/handed-in.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { GraderPool } from './children/pool.ts';
import type { GradeTask, PlacedFile } from './children/task.ts';
import { keepNewest } from './keep-newest.ts';
import { type Attention, beginRun, giveUpRun, type Run, recordResult } from './queries.ts';

export interface GradingParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly pool: Pick<GraderPool, 'run'>;
  /** The breakdown of work that no grader could finish: every check `unknown`, with this reason. */
  readonly ungradable: (
    paper: Paper,
    about: Pick<GradeTask, 'submission' | 'attempt' | 'rubricVersion'>,
    reason: Attention,
  ) => Breakdown;
  /** Which graders these are. */
  readonly graderVersion: string;
  readonly log: Log;
}

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a worker does with the jobs of the queue. */
export interface Grading {
  /**
   * Grades one attempt in a child and records its one result. Whatever the submission does, a result is recorded:
   * where no grader could finish, every machine item is `unknown` and the run needs attention.
   * Idempotent: a job that comes twice, even at the same moment, leaves one result.
   * @throws when the database, the store or this process fails: the queue tries again
   */
  grade(runId: string, signal?: AbortSignal): Promise<void>;
  /** Says on the run that its job was given up: the service, not the submission, was at fault. */
  giveUp(run: { runId: string; attemptId: string }, error: Error): Promise<void>;
}

interface Stored {
  readonly path: string;
  readonly sha256: string;
}

/** Papers in use at the same time: an exam has a handful, and each is some hundred kilobytes. */
const keptPapers = 50;

export function createGrading({
  database,
  blobs,
  pool,
  ungradable,
  graderVersion,
  log,
}: GradingParts): Grading {
  const papers = keepNewest<{ paper: Paper; materials: Stored[] }>(keptPapers);

  /** Papers of published versions never change, so they are read from the database once. */
  const versionOf = (id: string) =>
    papers(id, async () => {
      const [paper, materials] = await Promise.all([paperOf(database, id), materialsOf(database, id)]);
      return { paper, materials };
    });

  async function taskOf({ id, attemptId, rubricVersion }: Run): Promise<GradeTask> {
    const [work, { paper, materials }] = await Promise.all([
      handedIn(database, attemptId),
      versionOf(rubricVersion),
    ]);
    if (!work) throw new Error(`attempt ${attemptId} of run ${id} is not complete or does not exist`);
    return {
      submission: work.candidateId,
      attempt: work.number,
      rubricVersion,
      paper,
      files: await place(blobs, work.files),
      materials: await place(blobs, materials),
    };
  }

  return {
    async grade(runId, signal) {
      const run = await beginRun(database.db, runId, graderVersion);
      if (!run) return;
      const began = performance.now();
      const task = await taskOf(run);
      const end = await pool.run(task, signal);
      const about = { run: run.id, attempt: run.attemptId, ms: Math.round(performance.now() - began) };
      if (end.kind === 'graded') {
        await recordResult(database.db, run, end.breakdown, null);
        return log.info(about, 'graded');
      }
      const { code, text } = end;
      await recordResult(database.db, run, ungradable(task.paper, task, { code, text }), { code, text });
      log.warn({ ...about, code }, 'no grader could finish this work: a human must');
    },

    async giveUp({ runId, attemptId }, error) {
      // The reason is for people who mark; what exactly failed is for those who read the log.
      log.error({ err: error, run: runId, attempt: attemptId }, 'grading was given up');
      const text = '系统故障，初评未能完成，请管理员检查系统后重新初评。';
      await giveUpRun(database.db, runId, { code: 'grading-failed', text });
    },
  };
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
