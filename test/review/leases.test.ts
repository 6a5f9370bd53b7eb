import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemState } from '../../src/review/schema.ts';
import type { TestExam } from '../support/exam.ts';
import {
  type Account,
  ask,
  gradedExam,
  list,
  mark,
  next,
  open,
  openRoom,
  person,
  type Refused,
  type Room,
} from './room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room?.close());

const samples = (count: number): string[] => Array(count).fill('page-1-slips');
const take = (who: Account, candidate: string) =>
  ask<Refused>(room, who, `/review/submissions/${candidate}/lease`, { method: 'POST' });
const giveBack = (who: Account, candidate: string) =>
  ask<null>(room, who, `/review/submissions/${candidate}/lease`, { method: 'DELETE' });
const idle = (candidate: string) =>
  room.stores.database.pool.query(`update lease set expires_at = now() where candidate_id = $1`, [candidate]);

describe('next', () => {
  it('gives many who ask at once a submission each, and tells the rest that nothing waits', async () => {
    const exam = await gradedExam(room, 'PAGE-1', samples(5));
    const people = await Promise.all(Array.from({ length: 8 }, () => person(room, 'examiner')));
    const answers = await Promise.all(people.map((who) => next(room, who, { exam: exam.id })));
    const taken = answers.filter(({ status }) => status === 200).map(({ body }) => body.candidateId);
    expect(new Set(taken).size).toBe(5);
    expect(taken).toHaveLength(5);
    const rest = answers.filter(({ status }) => status !== 200);
    expect(rest.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([404, 'nothing-waits']),
    );
  });

  it('gives back what I hold, moves on from what I leave, and comes round to what others left', async () => {
    const exam = await gradedExam(room, 'PAGE-1', samples(2));
    const who = await person(room, 'examiner');
    const first = await next(room, who, { exam: exam.id });
    expect(first.body.lease).toMatchObject({ mine: true });
    expect((await next(room, who, { exam: exam.id })).body.candidateId).toBe(first.body.candidateId);
    const second = await next(room, who, { exam: exam.id, after: first.body.candidateId });
    expect(second.body.candidateId).not.toBe(first.body.candidateId);
    const other = await person(room, 'examiner');
    expect((await next(room, other, { exam: exam.id })).body.candidateId).toBe(first.body.candidateId);
    const none = await next(room, who, { exam: exam.id, after: second.body.candidateId });
    expect(none.status).toBe(404);
  });

  it('passes over what is done, and over another exam, paper or module', async () => {
    const exam = await gradedExam(room, 'PAGE-1', samples(1));
    const who = await person(room, 'examiner');
    const candidate = exam.candidates[0]?.id ?? '';
    for (const wishes of [{ paper: 'SHOP-1' }, { module: 'ops' }, { exam: 'exam_none' }])
      expect((await next(room, who, { exam: exam.id, ...wishes })).status).toBe(404);
    const { breakdown } = await open(room, who, candidate);
    const items = breakdown.criteria.flatMap((criterion) => criterion.items);
    for (const item of items.filter((one) => !['settled', 'process'].includes(itemState(one))))
      await mark(room, who, candidate, item.id, { points: item.possible });
    expect((await list(room, who, `?exam=${exam.id}`))[0]).toMatchObject({ state: 'done', itemsOpen: 0 });
    // The invigilator's marks are missing: done for the examiner, and still no score.
    expect((await open(room, who, candidate)).awarded).toBeNull();
    expect((await next(room, who, { exam: exam.id })).status).toBe(404);
  });

  it('brings back what somebody began and left', async () => {
    const exam = await gradedExam(room, 'PAGE-1', samples(1));
    const [one, two] = [await person(room, 'examiner'), await person(room, 'examiner')];
    const { body } = await next(room, one, { exam: exam.id });
    const { breakdown } = await open(room, one, body.candidateId);
    const item = breakdown.criteria.flatMap(({ items }) => items).find(({ by }) => by === 'examiner');
    await mark(room, one, body.candidateId, item?.id ?? '', { points: 0 });
    expect((await next(room, two, { exam: exam.id })).status).toBe(404);
    await idle(body.candidateId);
    expect((await next(room, two, { exam: exam.id })).body).toMatchObject({
      candidateId: body.candidateId,
      state: 'started',
    });
  });
});

describe('a lease', () => {
  let exam: TestExam;
  let candidate: string;
  let one: Account;
  let two: Account;
  beforeAll(async () => {
    exam = await gradedExam(room, 'PAGE-1', samples(1));
    candidate = exam.candidates[0]?.id ?? '';
    [one, two] = [await person(room, 'examiner'), await person(room, 'examiner')];
  });

  it('is not taken by opening, and keeps nobody from opening or marking', async () => {
    await open(room, one, candidate);
    expect((await list(room, one, `?exam=${exam.id}`))[0]?.lease).toBeNull();
    expect((await take(two, candidate)).status).toBe(200);
    expect((await list(room, one, `?exam=${exam.id}`))[0]?.lease).toMatchObject({ mine: false });
    expect((await open(room, one, candidate)).lease).toMatchObject({ mine: false });
    const { breakdown } = await open(room, one, candidate);
    const item = breakdown.criteria.flatMap(({ items }) => items).find(({ by }) => by === 'examiner');
    expect((await mark(room, one, candidate, item?.id ?? '', { points: 0 })).status).toBe(200);
  });

  it('is one person’s until given back or idle', async () => {
    const refused = await take(one, candidate);
    expect([refused.status, refused.body.code]).toEqual([409, 'leased']);
    expect((await giveBack(one, candidate)).status).toBe(204);
    expect((await take(one, candidate)).status).toBe(409);
    expect((await giveBack(two, candidate)).status).toBe(204);
    expect((await take(one, candidate)).status).toBe(200);
    await idle(candidate);
    expect((await list(room, two, `?exam=${exam.id}`))[0]?.lease).toBeNull();
    expect((await take(two, candidate)).status).toBe(200);
  });

  it('is renewed by its holder, also by marking, and not by somebody else’s mark', async () => {
    const until = async () => {
      const { rows } = await room.stores.database.pool.query<{ until: Date }>(
        `select expires_at as until from lease where candidate_id = $1`,
        [candidate],
      );
      return rows[0]?.until.getTime() ?? 0;
    };
    const shorten = () =>
      room.stores.database.pool.query(
        `update lease set expires_at = now() + interval '1 minute' where candidate_id = $1`,
        [candidate],
      );
    const minute = Date.now() + 5 * 60_000;
    const { breakdown } = await open(room, one, candidate);
    const items = breakdown.criteria.flatMap((criterion) => criterion.items);
    const [first, second] = items.filter(({ by, final }) => by === 'examiner' && final === null);
    await shorten();
    await mark(room, one, candidate, first?.id ?? '', { points: 0 });
    expect(await until()).toBeLessThan(minute);
    await mark(room, two, candidate, second?.id ?? '', { points: 0 });
    expect(await until()).toBeGreaterThan(minute);
    await shorten();
    await take(two, candidate);
    expect(await until()).toBeGreaterThan(minute);
  });

  it('cannot be had on what is not there', async () => {
    expect((await take(one, 'cand_none')).status).toBe(404);
  });
});

describe('the list', () => {
  it('has one fixed order that is neither the tickets’ nor the arrivals’, also page by page', async () => {
    const exam = await gradedExam(room, 'PAGE-1', samples(6));
    const who = await person(room, 'examiner');
    const whole = await list(room, who, `?exam=${exam.id}`);
    const pages: string[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await ask<{ items: { candidateId: string }[]; next: string | null }>(
        room,
        who,
        `/review/submissions?exam=${exam.id}&limit=2${cursor}`,
      );
      pages.push(...body.items.map(({ candidateId }) => candidateId));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(pages).toEqual(whole.map(({ candidateId }) => candidateId));
    expect(pages).toHaveLength(6);
    const byMd5 = await room.stores.database.pool.query<{ id: string }>(
      `select id from candidate where exam_id = $1 order by md5(id)`,
      [exam.id],
    );
    expect(pages).toEqual(byMd5.rows.map(({ id }) => id));
  });

  it('can be narrowed to what is mine', async () => {
    const exam = await gradedExam(room, 'PAGE-1', samples(3));
    const who = await person(room, 'examiner');
    const [leased, marked] = exam.candidates.map(({ id }) => id);
    await take(who, leased ?? '');
    const { breakdown } = await open(room, who, marked ?? '');
    const item = breakdown.criteria.flatMap(({ items }) => items).find(({ by }) => by === 'examiner');
    await mark(room, who, marked ?? '', item?.id ?? '', { points: 0 });
    const mine = await list(room, who, `?exam=${exam.id}&mine=true`);
    expect(mine.map(({ candidateId }) => candidateId).sort()).toEqual([leased, marked].sort());
  });
});
