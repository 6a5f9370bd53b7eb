import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { listenTo } from './listening.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const listen = async (who: 'examiner' | 'administrator' = 'examiner') =>
  listenTo(await stage.ask(who, '/submissions/events'));

describe('live progress', () => {
  it('is a stream of events that nobody keeps', async () => {
    const { status, headers, body } = await stage.ask('administrator', '/submissions/events');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    await body?.cancel();
  });

  it.each([
    ['nobody', 401],
    ['candidate', 403],
    ['invigilator', 403],
  ] as const)('is not for %s', async (who, status) => {
    expect((await stage.ask(who, '/submissions/events')).status).toBe(status);
  });

  it('tells each step of a hand-in, once and in order', async () => {
    await stage.work();
    const [one, other] = [await listen(), await listen('administrator')];
    const attempt = await stage.handIn(0, 'first');
    const steps = ['received', 'queued', 'grading', 'graded'];
    await eventually(() => expect(one.statesOf(attempt)).toEqual(steps));
    await eventually(() => expect(other.statesOf(attempt)).toEqual(steps));
    expect(Object.keys(one.heard[0] ?? {}).sort()).toEqual(['attemptId', 'state']);
  });

  it('goes on after the database connection was lost, and says that something may have been missed', async () => {
    const ear = await listen();
    await stage.stores.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'kaoping-listen'`,
    );
    await eventually(() => expect(ear.reloads()).toBe(2));
    const attempt = await stage.handIn(0, 'second');
    await eventually(() => expect(ear.statesOf(attempt)).toContain('graded'));
  });

  it('is resumed by a browser that comes back', async () => {
    const first = await stage.ask('examiner', '/submissions/events');
    await first.body?.cancel();
    const again = await listen();
    const attempt = await stage.handIn(1, 'third');
    await eventually(() => expect(again.statesOf(attempt)).toContain('received'));
  });

  it('ends with the service, which does not wait for it', async () => {
    const ear = await listen();
    await stage.serving.stop();
    await ear.ended;
  });
});
