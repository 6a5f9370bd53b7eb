import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ungradable } from '../../graders/ungradable.ts';
import { graderVersion } from '../../graders/version.ts';
import { breakdownSchema } from '../../rubrics/breakdown.ts';
import { gradingRun } from '../../src/database/schema/grading.ts';
import { attemptFile } from '../../src/database/schema/intake.ts';
import { GraderPool } from '../../src/grading/children/pool.ts';
import { createGrading, type Grading, type GradingParts } from '../../src/grading/grade-attempt.ts';
import { ensureRuns, reopenRun } from '../../src/grading/queries.ts';
import { openExam, openStores, type Stores, type TestExam } from '../support/exam.ts';
import { memoryLog } from '../support/log.ts';
import { handedInBy, publishPage1, resultsOf, runsOf } from './attempts.ts';

let stores: Stores;
let exam: TestExam;
let attemptId: string;
let runId: string;
const pools: GraderPool[] = [];

beforeAll(async () => {
  stores = await openStores();
  exam = await openExam(stores, { version: await publishPage1(stores) });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await stores.close();
});
beforeEach(async () => {
  const [candidate] = exam.candidates;
  if (!candidate) throw new Error('the exam has no candidate');
  attemptId = await handedInBy(stores, exam, candidate);
  runId = await queued(graderVersion);
});

async function queued(version: string): Promise<string> {
  const [run] = await ensureRuns(stores.database.db, [
    { attemptId, rubricVersion: exam.version, graderVersion: version },
  ]);
  if (!run) throw new Error('no run');
  return run.id;
}

function openPool(program?: string): GraderPool {
  const pool = new GraderPool({
    size: 2,
    limits: { deadlineMs: 60_000, memoryBytes: 2 ** 30 },
    temporary: join(stores.dataDir, 'temporary'),
    readable: [join(stores.dataDir, 'blobs'), join(import.meta.dirname, 'children')],
    log: memoryLog(),
    ...(program && { program }),
  });
  pools.push(pool);
  return pool;
}

const grading = (wishes: Partial<GradingParts>): Grading =>
  createGrading({ ...stores, pool: graders(), ungradable, graderVersion, log: memoryLog(), ...wishes });

let real: GraderPool | undefined;
const graders = (): GraderPool => {
  real ??= openPool();
  return real;
};

let hostile: GraderPool | undefined;
/** Children that do this with whatever they get. */
const hostileThat = (deed: string): GradingParts['pool'] => {
  hostile ??= openPool(join(import.meta.dirname, 'children/hostile-child.ts'));
  const pool = hostile;
  return { run: (task, signal) => pool.run({ ...task, submission: deed }, signal) };
};

const run = async () => (await runsOf(stores)).find(({ id }) => id === runId);
const results = async () => (await resultsOf(stores)).filter((result) => result.attemptId === attemptId);

describe('grading an attempt', () => {
  it('records the breakdown of the real graders', async () => {
    await grading({}).grade(runId);
    expect(await run()).toMatchObject({
      state: 'graded',
      reasonCode: null,
      tries: 1,
      finishedAt: expect.any(Date),
    });
    const [result, ...others] = await results();
    expect(others).toEqual([]);
    const breakdown = breakdownSchema.parse(result?.breakdown);
    expect(breakdown).toMatchObject({ paper: 'PAGE-1', rubricVersion: exam.version, graderVersion });
    expect(breakdown.criteria.flatMap(({ items }) => items).length).toBeGreaterThan(20);
    const { settled, suggested } = breakdown.total;
    expect(result).toMatchObject({
      runId,
      graderVersion,
      settled,
      suggested,
      factsDigest: breakdown.factsDigest,
    });
  });

  it('records one result when two workers have the job at the same moment', async () => {
    const [one, other] = [grading({}), grading({ pool: openPool() })];
    await Promise.all([one.grade(runId), other.grade(runId)]);
    expect(await run()).toMatchObject({ state: 'graded' });
    expect(await results()).toHaveLength(1);
  });

  it('does nothing when the job comes again after its result was recorded', async () => {
    const first = grading({ pool: hostileThat('good') });
    await first.grade(runId);
    const before = [await run(), await results()];
    await grading({ pool: { run: () => Promise.reject(new Error('graded again')) } }).grade(runId);
    expect([await run(), await results()]).toEqual(before);
  });

  it('keeps the result of whoever was first, and the state that goes with it', async () => {
    const late = grading({
      pool: {
        async run(task, signal) {
          await grading({ pool: hostileThat('good') }).grade(runId);
          return hostileThat('segfault').run(task, signal);
        },
      },
    });
    await late.grade(runId);
    expect(await run()).toMatchObject({ state: 'graded', reasonCode: null });
    expect(await results()).toHaveLength(1);
  });

  it('does nothing for a run that is gone', async () => {
    await expect(grading({}).grade('run_of_a_lost_database')).resolves.toBeUndefined();
  });
});

describe('work that no grader can finish', () => {
  it('has a result in which every machine item is unknown, and needs attention for its reason', async () => {
    await grading({ pool: hostileThat('segfault') }).grade(runId);
    const text = '评卷程序在处理此作品时出错（SIGSEGV），请人工评定。';
    expect(await run()).toMatchObject({ state: 'attention', reasonCode: 'grader-crash', reasonText: text });
    const [result] = await results();
    const { total, criteria } = breakdownSchema.parse(result?.breakdown);
    expect(total).toMatchObject({ settled: 0, suggested: 0, awarded: null });
    const judged = criteria.flatMap(({ items }) => items).filter(({ outcome }) => outcome !== null);
    expect(judged.length).toBeGreaterThan(10);
    expect(new Set(judged.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
    expect(total.pending.unknown).toBeGreaterThan(0);
  });

  it('is not graded again by asking: its result is recorded', async () => {
    await grading({ pool: hostileThat('abort') }).grade(runId);
    expect(await reopenRun(stores.database.db, attemptId)).toBeNull();
  });
});

describe('a fault of the service', () => {
  it('is thrown for another try when the bytes are gone, and leaves no result', async () => {
    await stores.database.db
      .update(attemptFile)
      .set({ sha256: 'f'.repeat(64) })
      .where(eq(attemptFile.attemptId, attemptId));
    await expect(grading({}).grade(runId)).rejects.toThrow(/the bytes of index.html .* are not in the store/);
    expect(await run()).toMatchObject({ state: 'grading' });
    expect(await results()).toEqual([]);
  });

  it('is thrown for another try when the disk of a child is full', async () => {
    await expect(grading({ pool: hostileThat('full') }).grade(runId)).rejects.toThrow('no space left');
    expect(await results()).toEqual([]);
  });

  it('leaves the run as it is when the job is handed back', async () => {
    const stop = new AbortController();
    const pool: GradingParts['pool'] = {
      run: (task, signal) => {
        const running = hostileThat('sleep').run(task, signal);
        stop.abort(new Error('handed back'));
        return running;
      },
    };
    await expect(grading({ pool }).grade(runId, stop.signal)).rejects.toThrow('handed back');
    expect(await run()).toMatchObject({ state: 'grading' });
    await grading({ pool: hostileThat('good') }).grade(runId);
    expect(await run()).toMatchObject({ state: 'graded', tries: 2 });
  });

  it('is told on the run once all tries failed, and a person may have it tried again', async () => {
    const { db } = stores.database;
    const log = memoryLog();
    const { grade, giveUp } = grading({ pool: hostileThat('good'), log });
    await giveUp({ runId, attemptId }, new Error('the store is away'));
    expect(await run()).toMatchObject({ state: 'attention', reasonCode: 'grading-failed' });
    // People who mark read Chinese; what exactly failed is in the log.
    expect((await run())?.reasonText).toMatch(/^[^a-z]+$/);
    expect(log.lines).toContainEqual({
      level: 'error',
      fields: { err: new Error('the store is away'), run: runId, attempt: attemptId },
      message: 'grading was given up',
    });
    expect(await reopenRun(db, attemptId)).toMatchObject({ id: runId, state: 'queued' });
    expect(await reopenRun(db, attemptId)).toBeNull();
    await grade(runId);
    expect(await run()).toMatchObject({ state: 'graded', reasonCode: null, reasonText: null });
  });

  it('changes nothing about a run that ended meanwhile', async () => {
    const { grade, giveUp } = grading({ pool: hostileThat('good') });
    await grade(runId);
    await giveUp({ runId, attemptId }, new Error('too late'));
    expect(await run()).toMatchObject({ state: 'graded', reasonCode: null });
  });
});

describe('a run that other graders queued', () => {
  it('is taken under the version of those who grade: the result says who judged', async () => {
    await stores.database.db
      .update(gradingRun)
      .set({ graderVersion: 'older' })
      .where(eq(gradingRun.id, runId));
    await grading({ pool: hostileThat('good') }).grade(runId);
    expect(await run()).toMatchObject({ state: 'graded', graderVersion });
    expect(await results()).toMatchObject([{ runId, graderVersion }]);
  });

  it('is dropped when these graders have a run of their own', async () => {
    const own = runId;
    runId = await queued('older');
    await grading({ pool: hostileThat('good') }).grade(runId);
    expect(await run()).toBeUndefined();
    runId = own;
    expect(await run()).toMatchObject({ state: 'queued' });
  });
});
