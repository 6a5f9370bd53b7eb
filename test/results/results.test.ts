import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../src/audit/schema.ts';
import type { ResultLine } from '../../src/results/schema.ts';
import { itemState, type ProcessLine } from '../../src/review/schema.ts';
import {
  type Account,
  ask,
  handInGraded,
  mark,
  open,
  openRoom,
  person,
  publishPaperOf,
  type Room,
} from '../review/room.ts';
import { openExam, type TestExam } from '../support/exam.ts';

let room: Room;
let office: Account;
let examiner: Account;
let exam: TestExam;
/** finished: all marked; open: graded only; ungraded: handed in, no result; absent: nothing. */
const people: Record<'finished' | 'open' | 'absent', string> = { finished: '', open: '', absent: '' };

const results = async (query = '') =>
  (await ask<{ items: ResultLine[]; next: string | null }>(room, office, `/exams/${exam.id}/results${query}`))
    .body;

async function finish(candidate: string): Promise<void> {
  const review = await open(room, examiner, candidate);
  const items = review.breakdown.criteria.flatMap((criterion) => criterion.items);
  for (const item of items.filter((one) => !['settled', 'process'].includes(itemState(one))))
    await mark(room, examiner, candidate, item.id, { points: item.possible, comment: '=1+1 看过，"好"' });
}

async function putProcess(candidate: string, points: number): Promise<void> {
  const { body } = await ask<{ items: ProcessLine[] }>(room, office, `/exams/${exam.id}/process`);
  const item = body.items.find(({ candidateId }) => candidateId === candidate)?.items[0];
  await ask(room, office, `/exams/${exam.id}/process/${candidate}/${item?.item}`, {
    method: 'PUT',
    payload: { points, seen: item?.mark ?? null },
  });
}

beforeAll(async () => {
  room = await openRoom();
  office = await person(room, 'administrator');
  examiner = await person(room, 'examiner');
  exam = await openExam(room.stores, { version: await publishPaperOf(room.stores, 'PAGE-1'), candidates: 3 });
  [people.finished = '', people.open = '', people.absent = ''] = exam.candidates.map(({ id }) => id);
  for (const candidate of [people.finished, people.open])
    await handInGraded(room, exam, candidate, 'page-1-slips');
  await finish(people.finished);
});
afterAll(() => room?.close());

describe('results', () => {
  it('say what is missing; no total stands where anything is', async () => {
    const before = await results();
    expect(before.items.map(({ state, awarded }) => [state, awarded])).toEqual([
      ['incomplete', null],
      ['incomplete', null],
      ['none', null],
    ]);
    expect(before.items[0]?.missing).toEqual([{ kind: 'process', items: 1, points: 3 }]);
    expect(before.items[1]?.missing.map(({ kind }) => kind)).toEqual(['review', 'process']);
    expect(before.items[2]).toMatchObject({ missing: [], settled: null, possible: null });
    await putProcess(people.finished, 3);
    const [done] = (await results('?state=complete')).items;
    const { breakdown } = await open(room, examiner, people.finished);
    expect(done).toMatchObject({ state: 'complete', missing: [], possible: 100 });
    expect(done?.awarded).toBe(breakdown.total.awarded);
    expect(done?.awarded).toBe(breakdown.total.settled);
    expect((await results('?state=none')).items.map(({ candidateId }) => candidateId)).toEqual([
      people.absent,
    ]);
    expect((await results('?paper=SHOP-1')).items).toEqual([]);
  });

  it('a doubt keeps from being complete', async () => {
    const { items } = await open(room, examiner, people.finished);
    const item = items.find((one) => one.mark?.kind === 'examiner');
    const points = item?.mark?.points ?? 0;
    const seen = item?.mark?.id ?? null;
    const doubted = await mark(room, examiner, people.finished, item?.id ?? '', {
      points,
      seen,
      doubt: true,
    });
    const [line] = (await results()).items;
    expect(line).toMatchObject({
      state: 'incomplete',
      awarded: null,
      missing: [{ kind: 'doubt', items: 1 }],
    });
    await mark(room, examiner, people.finished, item?.id ?? '', {
      points,
      seen: doubted.body.marks[0]?.id ?? null,
      comment: '=1+1 看过，"好"',
    });
    expect((await results()).items[0]?.state).toBe('complete');
  });

  it('come page by page in the order of tickets', async () => {
    const first = await results('?limit=2');
    expect(first.items).toHaveLength(2);
    const rest = await results(`?limit=2&cursor=${first.next}`);
    expect(rest.items.map(({ candidateId }) => candidateId)).toEqual([people.absent]);
    expect(rest.next).toBeNull();
  });

  it('count a hand-in without a result as not graded', async () => {
    const other = await openExam(room.stores, { version: exam.version, candidates: 1 });
    const candidate = other.candidates[0]?.id ?? '';
    await room.stores.database.pool.query(
      `insert into attempt (id, candidate_id, exam_id, number, idempotency_key, state, first_request_at, completed_at, manifest_sha256, counts)
       values ('att_ungraded', $1, $2, 1, 'k', 'complete', now(), now(), 'x', true)`,
      [candidate, other.id],
    );
    const { body } = await ask<{ items: ResultLine[] }>(room, office, `/exams/${other.id}/results`);
    expect(body.items[0]).toMatchObject({
      state: 'incomplete',
      missing: [{ kind: 'ungraded' }],
      awarded: null,
    });
  });
});

describe('exports', () => {
  const sheetRows = (bytes: Buffer | string, type: 'buffer' | 'string') => {
    const book = read(bytes, { type, raw: true });
    return utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
      header: 1,
      raw: true,
    });
  };

  it('hold a line per candidate, the same in XLSX and CSV, tickets as text', async () => {
    const xlsx = await ask<string>(room, office, `/exams/${exam.id}/results.xlsx`);
    expect(xlsx.headers['content-disposition']).toContain(encodeURIComponent('成绩.xlsx'));
    const [heading, ...rows] = sheetRows(xlsx.raw, 'buffer');
    expect(heading?.slice(0, 3)).toEqual(['准考证号', '姓名', '卷号']);
    const lines = (await results()).items;
    expect(rows.map((row) => row[0])).toEqual(lines.map(({ ticket }) => ticket));
    expect(rows[0]?.at(-1)).toBe(lines[0]?.awarded);
    expect(rows[1]?.[9]).toMatch(/待评 \d+ 项.*；缺过程考核 1 项（3 分）/);
    expect(rows[2]?.[8]).toBe('未交卷');
    const csv = await ask<string>(room, office, `/exams/${exam.id}/results.csv`);
    expect([...csv.raw.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const texts = (all: unknown[][]) => all.map((row) => Array.from(row, (cell) => String(cell ?? '')));
    const fromCsv = texts(sheetRows(csv.raw.toString('utf8').slice(1), 'string')).map((row) =>
      row.slice(0, 9),
    );
    expect(fromCsv).toEqual(texts([heading ?? [], ...rows]).map((row) => row.slice(0, 9)));
  });

  it('hold a line per item with who gave the points; the points add up to the total', async () => {
    const { raw } = await ask<string>(room, office, `/exams/${exam.id}/results-items.xlsx`);
    const [heading, ...rows] = sheetRows(raw, 'buffer') as string[][];
    const at = (name: string) => heading?.indexOf(name) ?? -1;
    const ticket = exam.candidates[0]?.ticket;
    const own = rows.filter((row) => row[0] === ticket);
    const sum = own.reduce((total, row) => total + Math.round(Number(row[at('得分')]) * 100), 0) / 100;
    expect(sum).toBe((await results()).items[0]?.awarded);
    expect(new Set(own.map((row) => row[at('评分人')]))).toEqual(
      new Set(['自动评分', `${examiner.name} 老师`, `${office.name} 老师`]),
    );
    expect(own.some((row) => row[at('备注')] === '=1+1 看过，"好"')).toBe(true);
  });

  it('never let a comment become a formula in CSV', async () => {
    const { body } = await ask<string>(room, office, `/exams/${exam.id}/results-items.csv`);
    expect(body).toContain(`"'=1+1 看过，""好"""`);
    expect(body).not.toMatch(/(^|,)"?=/m);
  });

  it('and sheets are noted in the audit log, with who took them', async () => {
    const { body } = await ask<{ items: AuditEvent[] }>(room, office, '/audit?limit=20');
    const exported = body.items.filter(({ action }) => action === 'results.export');
    expect(exported.length).toBeGreaterThanOrEqual(4);
    expect(exported[0]).toMatchObject({
      actor: { kind: 'account', id: office.id, name: office.name },
      subject: { exam: exam.id },
      detail: { list: '评分明细', format: 'csv' },
    });
  });
});

describe('the printable 评分表', () => {
  const sheet = (candidate: string) =>
    ask<string>(room, office, `/exams/${exam.id}/results/${candidate}/sheet`);

  it('shows every item, the total and places to sign; nothing in it runs', async () => {
    const { body, headers } = await sheet(people.finished);
    const [line] = (await results()).items;
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('size: A4');
    expect(body).toContain(line?.ticket);
    expect(body).toContain(`总分：<strong>${line?.awarded}</strong> / 100`);
    expect(body).toContain('阅卷员：');
    expect(body).toContain('&quot;好&quot;');
    const { breakdown } = await open(room, examiner, people.finished);
    for (const { text } of breakdown.criteria.flatMap(({ items }) => items))
      expect(body).toContain(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  it('of unfinished work says so and shows no total', async () => {
    const unfinished = await sheet(people.open);
    expect(unfinished.body).toMatch(/成绩未完成：待评 \d+ 项/);
    expect(unfinished.body).not.toContain('总分');
    expect((await sheet(people.absent)).body).toContain('未交卷');
    expect((await sheet('cand_none')).status).toBe(404);
  });
});
