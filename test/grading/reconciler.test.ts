import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openQueue, type WorkQueue } from '../../queue/index.ts';
import { listen } from '../../src/database/notify.ts';
import { type Progress, progressChannel } from '../../src/grading/events.ts';
import { attemptsWithoutRun, ensureRuns, quietRuns } from '../../src/grading/queries.ts';
import { queueRuns, type ReconcilerParts, reconcile, startReconciler } from '../../src/grading/reconciler.ts';
import { type FreshQueue, queues } from '../support/backends.ts';
import { openExam, openStores, type Stores, type TestExam } from '../support/exam.ts';
import { memoryLog } from '../support/log.ts';
import { handedInBy, runsOf } from './attempts.ts';
import { eventually } from './eventually.ts';

const graderVersion = 'graders-1';
const later = 3_600_000;

describe.each(queues())('reconciling with a queue on $name', ({ createQueue }) => {
  let stores: Stores;
  let exam: TestExam;
  let fresh: FreshQueue;
  let queue: WorkQueue;
  let parts: ReconcilerParts;
  let log: ReturnType<typeof memoryLog>;

  beforeAll(async () => {
    stores = await openStores();
    exam = await openExam(stores, { candidates: 1 });
  });
  afterAll(() => stores.close());
  beforeEach(async () => {
    fresh = await createQueue();
    log = memoryLog();
    queue = await openQueue({ ...fresh, log });
    parts = { database: stores.database, queue, graderVersion, log };
  });
  afterEach(async () => {
    await queue.close();
    await fresh.drop();
    await stores.database.db.execute(sql`delete from grading_run; delete from attempt`);
  });

  const handIn = async (): Promise<string> => {
    const [candidate] = exam.candidates;
    if (!candidate) throw new Error('the exam has no candidate');
    return handedInBy(stores, exam, candidate);
  };
  const change = (text: string) => stores.database.db.execute(sql.raw(`update grading_run set ${text}`));
  const key = (attemptId: string) => ({ attemptId, rubricVersion: exam.version, graderVersion });

  it('queues a hand-in whose enqueue was lost, and tells so', async () => {
    const heard: Progress[] = [];
    const { url } = stores.database;
    const onMessage = (message: unknown) => heard.push(message as Progress);
    const ear = await listen({ url, channel: progressChannel, log, onMessage });
    const attemptId = await handIn();
    expect(await reconcile(parts)).toBe(1);
    expect(await runsOf(stores)).toMatchObject([{ ...key(attemptId), state: 'queued' }]);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
    await eventually(() => expect(heard).toEqual([{ attemptId, state: 'queued' }]));
    expect(await reconcile(parts)).toBe(0);
    await ear.close();
  });

  it('queues a run whose job went with a queue that was emptied', async () => {
    await ensureRuns(stores.database.db, [key(await handIn())]);
    expect(await reconcile(parts)).toBe(0);
    await change(`enqueued_at = now() - interval '1 hour'`);
    expect(await reconcile(parts)).toBe(1);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('queues a run that began and never ended', async () => {
    await ensureRuns(stores.database.db, [key(await handIn())]);
    await change(`state = 'grading', enqueued_at = now() - interval '2 hours', started_at = now()`);
    expect(await reconcile(parts)).toBe(0);
    await change(`started_at = now() - interval '1 hour'`);
    expect(await reconcile(parts)).toBe(1);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('leaves a run alone for a while after it was queued again, and never makes a second job', async () => {
    await ensureRuns(stores.database.db, [key(await handIn())]);
    for (const _ of ['once', 'and again']) {
      await change(`enqueued_at = now() - interval '1 hour'`);
      expect([await reconcile(parts), await reconcile(parts)]).toEqual([1, 0]);
    }
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('leaves what has ended as it is, whichever graders judged', async () => {
    const [graded, attention] = [await handIn(), await handIn()];
    await ensureRuns(stores.database.db, [{ ...key(graded), graderVersion: 'older' }, key(attention)]);
    await change(`state = case grader_version when 'older' then 'graded' else 'attention' end,
      enqueued_at = now() - interval '1 hour'`);
    expect(await reconcile(parts, 0)).toBe(0);
    expect(await runsOf(stores)).toHaveLength(2);
    expect(await queue.counts()).toMatchObject({ waiting: 0 });
  });

  it('works through more than one batch', async () => {
    const model = await handIn();
    await stores.database.db.execute(sql`
      insert into attempt (id, candidate_id, exam_id, number, idempotency_key, first_request_at, completed_at,
        manifest_sha256, state)
      select 'att_' || n, candidate_id, exam_id, number + n, 'key ' || n, now(), now(), manifest_sha256, 'complete'
      from attempt, generate_series(1, 1100) as n where id = ${model}`);
    expect(await reconcile(parts)).toBe(1101);
    expect(await queue.counts()).toMatchObject({ waiting: 1101 });
    await change(`enqueued_at = now() - interval '1 hour'`);
    expect(await reconcile(parts)).toBe(1101);
    expect(await queue.counts()).toMatchObject({ waiting: 1101 });
    const { db } = stores.database;
    expect(await attemptsWithoutRun(db, 10)).toEqual([]);
    expect(await quietRuns(db, new Date(Date.now() - later), 10)).toEqual([]);
  });

  it('makes one run and one job, however many queue the same hand-in at once', async () => {
    const attemptId = await handIn();
    await Promise.all(Array.from({ length: 20 }, () => queueRuns(parts, [key(attemptId)])));
    expect(await runsOf(stores)).toHaveLength(1);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('goes on after an outage of the queue, and says that there was one', async () => {
    await handIn();
    let away = true;
    const enqueueMany: WorkQueue['enqueueMany'] = async (jobs) => {
      if (away) throw new Error('the queue is away');
      return queue.enqueueMany(jobs);
    };
    const reconciler = startReconciler({ ...parts, queue: { enqueueMany } }, { everyMs: 20, quietMs: 0 });
    await eventually(() => expect(log.lines.map(({ level }) => level)).toContain('error'));
    expect(await queue.counts()).toMatchObject({ waiting: 0 });
    away = false;
    await eventually(async () => expect(await queue.counts()).toMatchObject({ waiting: 1 }));
    await reconciler.stop();
  });
});
