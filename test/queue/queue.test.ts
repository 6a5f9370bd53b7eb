import { afterAll, describe, expect, it } from 'vitest';
import {
  type GradePayload,
  InvalidJobError,
  openQueue,
  type QueueEvent,
  UnrecoverableError,
} from '../../queue/index.ts';
import { findBackends } from './backends.ts';
import { closeAfterEach, eventually, freshQueue, grade } from './harness.ts';
import { onDatabase } from './on-database.ts';

const backends = await findBackends();
closeAfterEach();
afterAll(async () => {
  for (const backend of backends) await backend.remove();
});

describe.each(backends)('the queue on $name', (backend) => {
  it('runs a job once, however often it is enqueued before it ends', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    expect(await queue.enqueue(grade('a1'))).toBe('added');
    expect(await queue.enqueue(grade('a1'))).toBe('present');
    await Promise.all(Array.from({ length: 20 }, () => queue.enqueue(grade('a2'))));
    const ran: string[] = [];
    const held = Promise.withResolvers<void>();
    await work({
      work: async ({ attemptId }) => {
        ran.push(attemptId);
        await held.promise;
      },
    });
    await eventually(() => expect(ran).toEqual(['a1']));
    expect(await queue.enqueue(grade('a1'))).toBe('present');
    held.resolve();
    await eventually(async () =>
      expect(await queue.counts()).toMatchObject({ completed: 2, waiting: 0, active: 0 }),
    );
    expect(ran).toEqual(['a1', 'a2']);
  });

  it('tells another run of the same attempt apart', async () => {
    const { open } = freshQueue(backend);
    const queue = await open();
    await queue.enqueue(grade('a1', 'r1'));
    expect(await queue.enqueue(grade('a1', 'r2'))).toBe('added');
    expect(await queue.counts()).toMatchObject({ waiting: 2 });
  });

  it('runs a failed job again when it is enqueued again, with all its tries', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    const seen: string[] = [];
    let broken = true;
    await work({
      work: async ({ graderVersion }, { attempt }) => {
        seen.push(`${graderVersion} try ${attempt}`);
        if (broken) throw new Error('the store is away');
      },
    });
    await queue.enqueue(grade('a1'));
    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1 }));
    broken = false;
    const { payload } = grade('a1');
    expect(await queue.enqueue({ name: 'grade', payload: { ...payload, graderVersion: '0.2.0' } })).toBe(
      'again',
    );
    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 0, completed: 1 }));
    expect(seen).toEqual(['0.1.0 try 1', '0.1.0 try 2', '0.1.0 try 3', '0.2.0 try 1']);
  });

  it('runs a completed job again, once, when several callers ask at the same time', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    await queue.enqueue(grade('a1'));
    const runs: string[] = [];
    const once = async ({ runId }: GradePayload) => void runs.push(runId);
    const first = await work({ work: once });
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
    await first.drainAndClose(5_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => queue.enqueue(grade('a1'))));
    expect(answers.filter((answer) => answer === 'again')).toHaveLength(1);
    expect(await queue.counts()).toMatchObject({ waiting: 1, completed: 0 });
    await work({ work: once });
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
    expect(runs).toEqual(['r1', 'r1']);
  });

  it('adds many at once: new, known and ended ones', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    await queue.enqueue(grade('done'));
    const worker = await work({ work: async () => undefined });
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 1 }));
    await worker.drainAndClose(5_000);
    await queue.enqueue(grade('waiting'));
    const many = Array.from({ length: 1_200 }, (_, index) => grade(`n${index}`));
    const jobs = [grade('done'), grade('waiting'), ...many, grade('n1')];
    expect(await queue.enqueueMany(jobs)).toEqual({ added: 1_200, present: 1, again: 1 });
    expect(await queue.counts()).toMatchObject({ waiting: 1_202 });
    expect(await queue.enqueueMany([])).toEqual({ added: 0, present: 0, again: 0 });
  });

  it('refuses a payload that does not fit, and the whole batch it is in', async () => {
    const { open } = freshQueue(backend);
    const queue = await open();
    const { payload } = grade('a1');
    const unfit = { name: 'grade' as const, payload: { ...payload, attemptId: 'a:1' } };
    await expect(queue.enqueue(unfit)).rejects.toThrow(InvalidJobError);
    await expect(queue.enqueueMany([grade('a2'), unfit])).rejects.toThrow('payload.attemptId');
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 });
  });

  it('takes the lower number first, none before all, and equals in the order they came', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    await queue.enqueue(grade('late'), { priority: 20 });
    await queue.enqueue(grade('regrade1'), { priority: 10 });
    await queue.enqueueMany([grade('regrade2'), grade('regrade3')], { priority: 10 });
    await queue.enqueue(grade('fresh1'));
    await queue.enqueue(grade('fresh2'));
    expect(await queue.counts()).toMatchObject({ waiting: 6 });
    const ran: string[] = [];
    await work({ work: async ({ attemptId }) => void ran.push(attemptId) });
    await eventually(() =>
      expect(ran).toEqual(['fresh1', 'fresh2', 'regrade1', 'regrade2', 'regrade3', 'late']),
    );
  });

  it('works on no more jobs at once than it may, and on as many as that', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    await queue.enqueueMany(Array.from({ length: 12 }, (_, index) => grade(`n${index}`)));
    const gate = Promise.withResolvers<void>();
    let most = 0;
    let now = 0;
    const loop = await work({
      concurrency: 3,
      work: async () => {
        now += 1;
        most = Math.max(most, now);
        await gate.promise;
        now -= 1;
      },
    });
    await eventually(() => expect(loop.running()).toBe(3));
    expect(await queue.counts()).toMatchObject({ active: 3, waiting: 9 });
    gate.resolve();
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 12, active: 0 }));
    expect(most).toBe(3);
    expect(loop.running()).toBe(0);
  });

  it('reports a job given up, once, after its last try', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    const tries: boolean[] = [];
    const givenUp: string[] = [];
    await work({
      work: async (_, { last }) => {
        tries.push(last);
        throw new Error('no room on the disk');
      },
      onGivenUp: async ({ attemptId }, error) => void givenUp.push(`${attemptId}: ${error.message}`),
    });
    await queue.enqueue(grade('a1'));
    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1, delayed: 0 }));
    expect(tries).toEqual([false, false, true]);
    expect(givenUp).toEqual(['a1: no room on the disk']);
  });

  it('does not try again what cannot be helped, and goes on when the report itself fails', async () => {
    const { open, work, log } = freshQueue(backend);
    const queue = await open();
    const ran: string[] = [];
    await work({
      work: async ({ attemptId }) => {
        ran.push(attemptId);
        if (attemptId === 'gone') throw new UnrecoverableError('this attempt does not exist');
      },
      onGivenUp: () => {
        throw new Error('the database is away');
      },
    });
    await queue.enqueueMany([grade('gone'), grade('good')]);
    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1, completed: 1 }));
    expect(ran).toEqual(['gone', 'good']);
    expect(log.lines.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'queue: could not report a job given up: the database is away',
    ]);
  });

  it('tells in every process what happens to jobs, in order, until unsubscribed', async () => {
    const { open, work } = freshQueue(backend);
    const [queue, elsewhere] = [await open(), await open()];
    const events: QueueEvent[] = [];
    const ignored: QueueEvent[] = [];
    await elsewhere.onEvent((event) => events.push(event));
    const leave = await elsewhere.onEvent((event) => ignored.push(event));
    await elsewhere.onEvent(() => {
      throw new Error('a listener with a fault');
    });
    leave();
    await queue.enqueue(grade('a1'));
    await queue.enqueue(grade('a2'));
    await work({
      work: async ({ attemptId }) => {
        if (attemptId === 'a2') throw new UnrecoverableError('broken');
      },
    });
    await eventually(() =>
      expect(events).toEqual([
        { type: 'active', jobId: 'grade-a1-r1' },
        { type: 'completed', jobId: 'grade-a1-r1' },
        { type: 'active', jobId: 'grade-a2-r1' },
        { type: 'failed', jobId: 'grade-a2-r1', reason: 'broken' },
      ]),
    );
    expect(ignored).toEqual([]);
  });

  it('loses no event when many jobs end at the same time', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    const completed = new Set<string>();
    await queue.onEvent(({ type, jobId }) => {
      if (type === 'completed') completed.add(jobId);
    });
    await work({ concurrency: 8, work: async () => undefined });
    await Promise.all(Array.from({ length: 300 }, (_, index) => queue.enqueue(grade(`n${index}`))));
    await eventually(() => expect(completed.size).toBe(300));
  });

  it('keeps installations in one server apart', async () => {
    const [one, other] = [await freshQueue(backend).open(), await freshQueue(backend).open()];
    await one.enqueue(grade('a1'));
    expect(await one.counts()).toMatchObject({ waiting: 1 });
    expect(await other.counts()).toMatchObject({ waiting: 0 });
  });

  it('answers a ping', async () => {
    const queue = await freshQueue(backend).open();
    await expect(queue.ping()).resolves.toBeUndefined();
    expect(queue.backend).toBe(backend.kind);
  });
});

describe('a queue', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

  it.each([
    ['redis', { redisUrl: 'redis://user:secret@127.0.0.1:1/0' }],
    ['postgres', { databaseUrl: 'postgres://user:secret@127.0.0.1:1/nowhere' }],
  ])('says which %s server does not answer, without its password', async (_, where) => {
    const opening = freshQueue({ place: () => where }).open();
    await expect(opening).rejects.toThrow('127.0.0.1:1/');
    await expect(opening).rejects.not.toThrow('secret');
  });

  it('needs a place with a plain name', async () => {
    await expect(openQueue({ log })).rejects.toThrow('set REDIS_URL or DATABASE_URL');
    await expect(openQueue({ redisUrl: 'redis://127.0.0.1', namespace: 'Exam 1', log })).rejects.toThrow(
      'Exam 1',
    );
  });

  it('keeps to its own schema of the database it shares', async () => {
    const postgres = backends.find(({ kind }) => kind === 'postgres');
    if (!postgres) throw new Error('there is always a PostgreSQL');
    const { config, open } = freshQueue(postgres);
    await open();
    const rows = await onDatabase(
      config.databaseUrl ?? '',
      `SELECT count(*) FILTER (WHERE table_schema = 'public')::int AS outside,
              count(*) FILTER (WHERE table_schema = '${config.namespace}')::int > 0 AS inside
         FROM information_schema.tables`,
    );
    expect(rows).toEqual([{ outside: 0, inside: true }]);
  });
});
