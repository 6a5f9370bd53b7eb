import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/audit/log.ts';
import { sqlState } from '../../src/database/database.ts';
import { itemState, type Mark } from '../../src/review/schema.ts';
import { openExam } from '../support/exam.ts';
import {
  type Account,
  ask,
  gradedExam,
  handInGraded,
  mark,
  open,
  openRoom,
  person,
  pick,
  publishPaperOf,
  type Room,
} from './room.ts';

let room: Room;
let people: Account[];
beforeAll(async () => {
  room = await openRoom();
  people = [await person(room, 'examiner'), await person(room, 'examiner')];
});
afterAll(() => room?.close());

interface Put {
  readonly item: string;
  readonly points: number | null;
  readonly by: string;
}

/** Every mark of a candidate in the order of revisions, as the database has them. */
async function marksIn(candidate: string): Promise<Put[]> {
  const { rows } = await room.stores.database.pool.query<Put>(
    `select item_id as item, points::float8 as points, marker as by from mark
     where candidate_id = $1 order by item_id, revision`,
    [candidate],
  );
  return rows;
}

const action = fc.record({
  who: fc.nat(1),
  item: fc.nat(4),
  points: fc.constantFrom(null, 0, 0.5, 1, 99),
  doubt: fc.boolean(),
  /** Whether the newest mark was seen, or an older one, or none. */
  seen: fc.constantFrom('newest', 'newest', 'newest', 'none', 'older'),
});

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** What was answered with 200, and the ids of each item's marks, oldest first. */
interface Story {
  readonly told: Put[];
  readonly ids: Map<string, string[]>;
}

/** Which mark the client says it saw. */
function seenBy({ seen }: Action, known: readonly string[]): string | null {
  const at = { newest: known.at(-1), older: known.at(-2), none: undefined }[seen];
  return at ?? null;
}

const expected = ({ points }: Action, fits: boolean): number => {
  // A conflict is told before a wrong value: there is something to decide first.
  if (!fits) return 409;
  return points === 99 ? 422 : 200;
};

async function play(candidate: string, items: readonly string[], actions: readonly Action[]): Promise<Story> {
  const story: Story = { told: [], ids: new Map() };
  for (const one of actions) {
    const item = items[one.item] ?? '';
    const known = story.ids.get(item) ?? [];
    const seen = seenBy(one, known);
    const by = people[one.who] as Account;
    const { points, doubt } = one;
    const { status, body } = await mark(room, by, candidate, item, { points, doubt, seen });
    expect(status).toBe(expected(one, seen === (known.at(-1) ?? null)));
    if (status !== 200) continue;
    story.told.push({ item, points, by: by.id });
    story.ids.set(item, [...known, body.marks[0]?.id ?? '']);
  }
  return story;
}

async function compare(candidate: string, item: string, known: readonly string[]): Promise<void> {
  const who = people[1] as Account;
  const review = await open(room, who, candidate);
  const path = `/review/submissions/${candidate}/items/${item}/marks`;
  const { body: history } = await ask<Mark[]>(room, who, path);
  expect(history.map(({ id }) => id)).toEqual(known.toReversed());
  const newest = history[0] ?? null;
  expect(review.items.find(({ id }) => id === item)?.mark?.id ?? null).toBe(newest?.id ?? null);
  expect(pick(review.breakdown, ({ id }) => id === item).final).toBe(newest?.points ?? null);
}

describe('human marks', () => {
  it('never disappear and never change, whatever happens in whatever order', async () => {
    const version = await publishPaperOf(room.stores, 'PAGE-1');
    const history = fc.array(action, { minLength: 5, maxLength: 25 });
    const holds = fc.asyncProperty(history, async (actions) => {
      const exam = await openExam(room.stores, { version, candidates: 1 });
      const candidate = exam.candidates[0]?.id ?? '';
      await handInGraded(room, exam, candidate, 'page-1-mistakes');
      const items = (await open(room, people[0] as Account, candidate)).breakdown.criteria
        .flatMap((criterion) => criterion.items)
        .filter((item) => itemState(item) === 'examiner' || itemState(item) === 'suggested')
        .slice(0, 5)
        .map(({ id }) => id);
      const { told, ids } = await play(candidate, items, actions);
      const inOrder = items.toSorted().flatMap((item) => told.filter((one) => one.item === item));
      expect(await marksIn(candidate)).toEqual(inOrder);
      for (const item of items) await compare(candidate, item, ids.get(item) ?? []);
    });
    await fc.assert(holds, { numRuns: 10 });
    expect(await verifyChain(room.stores.database)).toMatchObject({ intact: true });
  });

  it('stand in the audit log one by one, with who and what', async () => {
    const exam = await gradedExam(room, 'PAGE-1', ['page-1-slips']);
    const candidate = exam.candidates[0]?.id ?? '';
    const { breakdown } = await open(room, people[0] as Account, candidate);
    const item = pick(breakdown, ({ by }) => by === 'examiner');
    const put = await mark(room, people[0] as Account, candidate, item.id, {
      points: 0,
      comment: '半个字符\uD800与\0零',
    });
    const office = await person(room, 'administrator');
    const { body } = await ask<{ items: object[] }>(room, office, '/audit?limit=2');
    // The newest line is the administrator's account, which was added just now.
    expect(body.items[1]).toMatchObject({
      action: 'mark.put',
      actor: { kind: 'account', id: people[0]?.id },
      subject: { candidate, item: item.id, mark: put.body.marks[0]?.id },
      detail: { revision: 1, points: 0, doubt: false, comment: '半个字符\uFFFD与零' },
    });
  });

  it.each([`update mark set points = 100`, `delete from mark`, `truncate mark cascade`])(
    'are refused in the database itself: %s',
    async (statement) => {
      const failure = await room.stores.database.pool.query(statement).then(() => null, sqlState);
      expect(failure).toBe('23001');
    },
  );

  it('survive a new result of newer graders, and count for it at once', async () => {
    const exam = await gradedExam(room, 'PAGE-1', ['page-1-slips']);
    const candidate = exam.candidates[0]?.id ?? '';
    const who = people[0] as Account;
    const { breakdown } = await open(room, who, candidate);
    const item = pick(breakdown, ({ by }) => by === 'examiner');
    await mark(room, who, candidate, item.id, { points: item.possible });
    const { pool } = room.stores.database;
    await pool.query(
      `insert into grading_run (id, attempt_id, rubric_version, grader_version, state)
       select 'run_zzz', attempt_id, rubric_version, 'newer', 'graded' from grading_run run
       join attempt on attempt.id = run.attempt_id where candidate_id = $1`,
      [candidate],
    );
    await pool.query(
      `insert into grading_result (id, run_id, attempt_id, rubric_version, grader_version, breakdown, facts_digest, settled, suggested)
       select 'res_zzz', 'run_zzz', r.attempt_id, r.rubric_version, 'newer', r.breakdown, 'newer', r.settled, r.suggested
       from grading_result r join attempt on attempt.id = r.attempt_id where candidate_id = $1`,
      [candidate],
    );
    const after = await open(room, who, candidate);
    expect(pick(after.breakdown, ({ id }) => id === item.id).final).toBe(item.possible);
    expect(after.state).toBe('started');
    const { rows } = await pool.query(`select result_id from review_standing where candidate_id = $1`, [
      candidate,
    ]);
    expect(rows).toEqual([{ result_id: 'res_zzz' }]);
  });
});
