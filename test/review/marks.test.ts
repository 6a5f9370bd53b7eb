import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChangedMeanwhile, itemState, type Mark } from '../../src/review/schema.ts';
import type { TestExam } from '../support/exam.ts';
import {
  type Account,
  ask,
  gradedExam,
  list,
  mark,
  open,
  openRoom,
  person,
  pick,
  type Refused,
  type Room,
} from './room.ts';

let room: Room;
let exam: TestExam;
let one: Account;
let two: Account;
const work: string[] = [];
/** A candidate nobody has marked yet. */
const fresh = (): string => work.shift() ?? '';

beforeAll(async () => {
  room = await openRoom();
  exam = await gradedExam(room, 'PAGE-1', Array(10).fill('page-1-mistakes'));
  // The last three are named where they are used.
  work.push(...exam.candidates.slice(0, 7).map(({ id }) => id));
  one = await person(room, 'examiner');
  two = await person(room, 'examiner');
});
afterAll(() => room?.close());

describe('a submission in the marking room', () => {
  it('comes with breakdown, items, files, 素材 and task, and without a word of who it is', async () => {
    const candidate = exam.candidates[7];
    const review = await open(room, one, candidate?.id ?? '');
    expect(review).toMatchObject({ state: 'waiting', paper: 'PAGE-1', module: 'page', lease: null });
    expect(review.task).toContain('#');
    expect(review.items).toHaveLength(review.breakdown.criteria.flatMap(({ items }) => items).length);
    expect(review.files.map(({ path, view }) => [path, view])).toContainEqual(['index.html', 'page']);
    expect(review.materials).toContainEqual(
      expect.objectContaining({ path: 'logo.psd', view: 'converted', mime: 'image/vnd.adobe.photoshop' }),
    );
    const text = JSON.stringify(review);
    expect(text).not.toContain(candidate?.ticket);
    expect(text).not.toContain('考生8');
    expect(text).not.toMatch(/机房|seat|"room"/);
  });

  it('is not there for a candidate who handed nothing in', async () => {
    const { status, body } = await ask<Refused>(room, one, '/review/submissions/cand_none');
    expect([status, body.code]).toEqual([404, 'not-found']);
  });
});

describe('a mark', () => {
  it('settles its item, moves the totals, and is told to the next one who opens', async () => {
    const candidate = fresh();
    const before = await open(room, one, candidate);
    const item = pick(before.breakdown, ({ by }) => by === 'examiner');
    const { status, body } = await mark(room, one, candidate, item.id, {
      points: item.possible,
      comment: '好',
    });
    expect(status).toBe(200);
    expect(body.state).toBe('started');
    expect(body.itemsOpen).toBe(before.itemsOpen - 1);
    expect(body.total.settled).toBe(before.breakdown.total.settled + item.possible);
    expect(body.total.pending.examiner).toBe(before.breakdown.total.pending.examiner - item.possible);
    expect(body.changed.map(({ id, final }) => [id, final])).toEqual([[item.id, item.possible]]);
    const after = await open(room, two, candidate);
    expect(after.breakdown.total).toEqual(body.total);
    expect(after.items.find(({ id }) => id === item.id)?.mark).toMatchObject({
      points: item.possible,
      comment: '好',
      by: `${one.name} 老师`,
      mine: false,
      revision: 1,
      holds: true,
    });
    const [line] = (await list(room, two, '?mine=false')).filter(
      ({ candidateId }) => candidateId === candidate,
    );
    expect(line).toMatchObject({ state: 'started', settled: body.total.settled });
  });

  it('that is taken back leaves the item undecided and its history whole', async () => {
    const candidate = fresh();
    const before = await open(room, one, candidate);
    const item = pick(before.breakdown, (shown) => itemState(shown) === 'suggested');
    const first = await mark(room, one, candidate, item.id, { points: 0 });
    const seen = first.body.marks[0]?.id ?? '';
    const { body } = await mark(room, one, candidate, item.id, { points: null, seen });
    expect(body.total).toEqual(before.breakdown.total);
    expect(body.state).toBe('waiting');
    const history = await ask<Mark[]>(room, two, `/review/submissions/${candidate}/items/${item.id}/marks`);
    expect(history.body.map(({ points, revision, holds }) => [points, revision, holds])).toEqual([
      [null, 2, true],
      [0, 1, false],
    ]);
  });

  it('with 疑问 puts the submission in doubt until it is cleared', async () => {
    const candidate = fresh();
    const { breakdown } = await open(room, one, candidate);
    const item = pick(breakdown, ({ by }) => by === 'examiner');
    const doubted = await mark(room, one, candidate, item.id, { points: null, doubt: true });
    expect(doubted.body).toMatchObject({ state: 'doubt', doubts: 1 });
    expect((await list(room, two, '?state=doubt')).map(({ candidateId }) => candidateId)).toContain(
      candidate,
    );
    const seen = doubted.body.marks[0]?.id ?? '';
    const cleared = await mark(room, two, candidate, item.id, { points: 0, seen });
    expect(cleared.body).toMatchObject({ state: 'started', doubts: 0 });
  });

  it.each([
    ['beyond the item', 1000],
    ['below zero', -0.5],
    ['between two steps', 0.26],
    ['with three decimals', 0.125],
  ])('%s is refused, and says which values are allowed', async (_name, points) => {
    const candidate = exam.candidates[7]?.id ?? '';
    const { breakdown } = await open(room, one, candidate);
    const item = pick(breakdown, ({ by }) => by === 'examiner');
    const { status, body } = await mark(room, one, candidate, item.id, { points });
    expect([status, body.code]).toEqual([422, 'points-not-allowed']);
    expect(body.title).toContain(`0 到 ${item.possible} 分`);
    expect((await open(room, one, candidate)).items.find(({ id }) => id === item.id)?.mark).toBeNull();
  });

  it('may be what the machine proposed, between two steps or not', async () => {
    const candidate = fresh();
    const { breakdown, items } = await open(room, one, candidate);
    const step = (id: string) => items.find((item) => item.id === id)?.allowed.step ?? 1;
    const item = pick(
      breakdown,
      ({ id, proposed }) =>
        proposed !== null && Math.round(proposed * 100) % Math.round(step(id) * 100) !== 0,
    );
    const { status } = await mark(room, one, candidate, item.id, { points: item.proposed });
    expect(status).toBe(200);
  });

  it('on what is the invigilator’s, or on no item at all, is refused', async () => {
    const candidate = exam.candidates[7]?.id ?? '';
    const { breakdown } = await open(room, one, candidate);
    const item = pick(breakdown, ({ by }) => by === 'process');
    expect((await mark(room, one, candidate, item.id, { points: 1 })).body.code).toBe('process-item');
    expect((await mark(room, one, candidate, 'none', { points: 1 })).status).toBe(404);
  });

  it('never overwrites one that was not seen: the second is shown the first (two tabs, two people)', async () => {
    const candidate = fresh();
    const { breakdown } = await open(room, one, candidate);
    const item = pick(breakdown, ({ by }) => by === 'examiner');
    const first = await mark(room, one, candidate, item.id, { points: 0, comment: '一' });
    for (const who of [one, two]) {
      const late = await ask<ChangedMeanwhile>(
        room,
        who,
        `/review/submissions/${candidate}/items/${item.id}`,
        {
          method: 'PUT',
          payload: { points: item.possible, seen: null },
        },
      );
      expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
      expect(late.body.current).toMatchObject({ id: first.body.marks[0]?.id, points: 0, comment: '一' });
      expect(late.body.current?.mine).toBe(who === one);
    }
    const seen = first.body.marks[0]?.id ?? null;
    expect((await mark(room, two, candidate, item.id, { points: item.possible, seen })).status).toBe(200);
  });

  it('is put once of many at the same moment; all others are told', async () => {
    const candidate = fresh();
    const { breakdown } = await open(room, one, candidate);
    const item = pick(breakdown, ({ by }) => by === 'examiner');
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        mark(room, index % 2 ? one : two, candidate, item.id, { points: 0 }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(11).fill(409)]);
    const history = await ask<Mark[]>(room, one, `/review/submissions/${candidate}/items/${item.id}/marks`);
    expect(history.body).toHaveLength(1);
  });

  it('on different items at the same moment adds up', async () => {
    const candidate = fresh();
    const { breakdown } = await open(room, one, candidate);
    const own = breakdown.criteria.flatMap(({ items }) => items).filter(({ by }) => by === 'examiner');
    await Promise.all(
      own.map(({ id, possible }, index) =>
        mark(room, index % 2 ? one : two, candidate, id, { points: possible }),
      ),
    );
    const [line] = (await list(room, one)).filter(({ candidateId }) => candidateId === candidate);
    const review = await open(room, one, candidate);
    expect(review.breakdown.total.pending.examiner).toBe(0);
    expect(line).toMatchObject({
      settled: review.breakdown.total.settled,
      itemsOpen: review.itemsOpen,
    });
  });
});

describe('accepting a criterion', () => {
  const suggestedIn = (review: Awaited<ReturnType<typeof open>>) => {
    const found = review.breakdown.criteria
      .map(({ id, items }) => ({ id, items: items.filter((item) => itemState(item) === 'suggested') }))
      .sort((a, b) => b.items.length - a.items.length)[0];
    if (!found || found.items.length === 0) throw new Error('the sample has no suggestion');
    return found;
  };
  const accept = (who: Account, candidate: string, criterion: string, items: object[]) =>
    ask<ChangedMeanwhile & Refused>(
      room,
      who,
      `/review/submissions/${candidate}/criteria/${criterion}/accept`,
      { method: 'POST', payload: { items } },
    );

  it('takes every proposal, or none and says who was quicker', async () => {
    const candidate = exam.candidates[8]?.id ?? '';
    const review = await open(room, one, candidate);
    const { id, items } = suggestedIn(review);
    const wanted = items.map((item) => ({ item: item.id, seen: null }));
    const foreign = await accept(one, candidate, 'page-99', wanted);
    expect([foreign.status, foreign.body.code]).toEqual([422, 'nothing-to-accept']);
    const [first] = items;
    if (!first) throw new Error('no item');
    const marked = await mark(room, two, candidate, first.id, { points: 0 });
    const late = await accept(one, candidate, id, wanted);
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
    expect(late.body.conflicts).toEqual([
      { item: first.id, current: expect.objectContaining({ id: marked.body.marks[0]?.id }) },
    ]);
    const still = await open(room, one, candidate);
    expect(still.items.filter(({ mark: put }) => put !== null)).toHaveLength(1);
    const back = await mark(room, two, candidate, first.id, {
      points: null,
      seen: marked.body.marks[0]?.id ?? null,
    });
    const seen = back.body.marks[0]?.id ?? null;
    const taken = await accept(
      one,
      candidate,
      id,
      wanted.map((one) => (one.item === first.id ? { ...one, seen } : one)),
    );
    expect(taken.status).toBe(200);
    const after = await open(room, one, candidate);
    const finals = new Map(
      after.breakdown.criteria.flatMap((one) => one.items).map((item) => [item.id, item.final]),
    );
    for (const item of items) expect(finals.get(item.id)).toBe(item.proposed);
  });
});
