import { once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import type { QueueEvent } from '../../queue/index.ts';
import { findBackends } from './backends.ts';
import { killChildrenAfterEach, startChild, quickTiming as timing } from './child.ts';
import { closeAfterEach, eventually, freshQueue, grade } from './harness.ts';

const backends = await findBackends();
closeAfterEach();
killChildrenAfterEach();
afterAll(async () => {
  for (const backend of backends) await backend.remove();
});

describe.each(backends)('a worker that leaves, on $name', (backend) => {
  it('killed: its jobs are taken by another, and only then', async () => {
    const { config, open, work } = freshQueue(backend);
    const queue = await open();
    const events: QueueEvent[] = [];
    await queue.onEvent((event) => events.push(event));
    const { child, said } = startChild(config);
    await queue.enqueueMany([grade('a1'), grade('a2')]);
    await eventually(() => expect(said).toEqual(expect.arrayContaining(['took a1', 'took a2'])));
    const ran: string[] = [];
    const tries: number[] = [];
    await work({
      timing,
      work: async ({ attemptId }, { attempt }) => {
        ran.push(attemptId);
        tries.push(attempt);
      },
    });
    await queue.enqueue(grade('a3'));
    await eventually(() => expect(ran).toEqual(['a3']));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 3, active: 0 }));
    expect(ran.toSorted()).toEqual(['a1', 'a2', 'a3']);
    // A lost worker costs none of the tries that an outage may need.
    expect(tries).toEqual([1, 1, 1]);
    await eventually(() => {
      const stalled = events.filter(({ type }) => type === 'stalled').map(({ jobId }) => jobId);
      expect(stalled.toSorted()).toEqual(['grade-a1-r1', 'grade-a2-r1']);
    });
  });

  it('killed by a job, again and again: the job is given up in the end', async () => {
    const { config, open, work } = freshQueue(backend);
    const queue = await open();
    await queue.enqueue(grade('poison'));
    for (let victim = 0; victim < 2; victim += 1) {
      const { child, said } = startChild(config);
      await eventually(() => expect(said).toContain('took poison'));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const ran: string[] = [];
    const givenUp: string[] = [];
    await work({
      timing,
      maxStarts: 2,
      work: async ({ attemptId }) => void ran.push(attemptId),
      onGivenUp: ({ attemptId }, error) => void givenUp.push(`${attemptId}: ${error.message}`),
    });
    await eventually(async () => expect(await queue.counts()).toMatchObject({ failed: 1, active: 0 }));
    expect(ran).toEqual([]);
    expect(givenUp).toEqual(['poison: taken up 2 times and never ended: its workers were lost']);
    expect(await queue.enqueue(grade('poison'))).toBe('again');
    await eventually(() => expect(ran).toEqual(['poison']));
  });

  it('alive but slow: keeps its jobs for longer than one lock lasts', async () => {
    const { config, open, work } = freshQueue(backend);
    const queue = await open();
    const { said } = startChild(config);
    await queue.enqueueMany([grade('a1'), grade('a2')]);
    await eventually(() => expect(said).toEqual(expect.arrayContaining(['took a1', 'took a2'])));
    const ran: string[] = [];
    await work({ timing, work: async ({ attemptId }) => void ran.push(attemptId) });
    for (let index = 0; index < 8; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, timing.lockMs / 4));
      await queue.enqueue(grade(`b${index}`));
    }
    await eventually(async () => expect(await queue.counts()).toMatchObject({ completed: 8, active: 2 }));
    expect(ran.toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `b${index}`));
  });

  it('told to end in a process of its own: hands back what it holds and leaves nothing behind', async () => {
    const { config, open, work } = freshQueue(backend);
    const queue = await open();
    const { child, said } = startChild(config);
    await queue.enqueueMany([grade('a1'), grade('a2')]);
    await eventually(() => expect(said).toEqual(expect.arrayContaining(['took a1', 'took a2'])));
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(said).toContain('handed back 2');
    expect(await queue.counts()).toMatchObject({ waiting: 2, active: 0 });
    const ran: string[] = [];
    await work({ work: async ({ attemptId }) => void ran.push(attemptId) });
    await eventually(() => expect(ran.toSorted()).toEqual(['a1', 'a2']));
  });

  it('drained: takes nothing new and lets the running job end', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    const gate = Promise.withResolvers<void>();
    const ran: string[] = [];
    const loop = await work({
      work: async ({ attemptId }) => {
        ran.push(attemptId);
        await gate.promise;
      },
    });
    await queue.enqueue(grade('a1'));
    await eventually(() => expect(loop.running()).toBe(1));
    const drained = loop.drainAndClose(30_000);
    await queue.enqueue(grade('a2'));
    expect(loop.running()).toBe(1);
    gate.resolve();
    expect(await drained).toEqual({ handedBack: 0 });
    expect(ran).toEqual(['a1']);
    expect(await queue.counts()).toMatchObject({ completed: 1, waiting: 1, active: 0 });
  });

  it('drained while idle: takes nothing that comes afterwards', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    const ran: string[] = [];
    const loop = await work({ work: async ({ attemptId }) => void ran.push(attemptId) });
    await queue.enqueue(grade('a1'));
    await eventually(() => expect(ran).toEqual(['a1']));
    const [ended] = await Promise.all([loop.drainAndClose(30_000), queue.enqueue(grade('a2'))]);
    expect(ended).toEqual({ handedBack: 0 });
    expect((await queue.counts()).active).toBe(0);
  });

  it('past its deadline: aborts the work and hands the job back, no try lost', async () => {
    const { open, work } = freshQueue(backend);
    const queue = await open();
    const aborted: boolean[] = [];
    const givenUp: string[] = [];
    const loop = await work({
      work: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(signal.aborted);
            reject(new Error('aborted'));
          });
        }),
      onGivenUp: ({ attemptId }) => void givenUp.push(attemptId),
    });
    await queue.enqueue(grade('a1'));
    await eventually(() => expect(loop.running()).toBe(1));
    expect(await loop.drainAndClose(50)).toEqual({ handedBack: 1 });
    expect(aborted).toEqual([true]);
    expect(givenUp).toEqual([]);
    expect(await queue.counts()).toMatchObject({ waiting: 1, active: 0, failed: 0 });
    const tries: number[] = [];
    await work({ work: async (_, { attempt }) => void tries.push(attempt) });
    await eventually(() => expect(tries).toEqual([1]));
  });
});
