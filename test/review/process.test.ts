import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessImported, ProcessItem, ProcessLine } from '../../src/review/schema.ts';
import type { TestExam } from '../support/exam.ts';
import { openExam } from '../support/exam.ts';
import {
  type Account,
  ask,
  handInGraded,
  open,
  openRoom,
  person,
  publishPaperOf,
  type Refused,
  type Room,
} from './room.ts';

let room: Room;
let invigilator: Account;
let examiner: Account;
beforeAll(async () => {
  room = await openRoom();
  invigilator = await person(room, 'invigilator');
  examiner = await person(room, 'examiner');
});
afterAll(() => room?.close());

/** An exam on PAGE-1; only the first candidate has handed in. */
async function sitting(candidates = 3): Promise<TestExam> {
  const exam = await openExam(room.stores, {
    version: await publishPaperOf(room.stores, 'PAGE-1'),
    candidates,
  });
  await handInGraded(room, exam, exam.candidates[0]?.id ?? '', 'page-1-slips');
  return exam;
}

const seats = async (exam: TestExam, query = '') =>
  (await ask<{ items: ProcessLine[] }>(room, invigilator, `/exams/${exam.id}/process${query}`)).body.items;

const put = (exam: TestExam, candidate: string, item: string, wish: object) =>
  ask<ProcessItem & Refused>(room, invigilator, `/exams/${exam.id}/process/${candidate}/${item}`, {
    method: 'PUT',
    payload: { seen: null, ...wish },
  });

const send = (exam: TestExam, payload: string | Buffer, query = '') =>
  ask<ProcessImported & Refused & { errors: { where: string; message: string }[] }>(
    room,
    invigilator,
    `/exams/${exam.id}/process/import${query}`,
    { method: 'POST', headers: { 'content-type': 'text/csv' }, payload },
  );

const itemOf = (lines: ProcessLine[], index: number) => lines[index]?.items[0];

describe('process marks', () => {
  it('are asked for at every seat, also of those who handed nothing in', async () => {
    const exam = await sitting();
    const lines = await seats(exam);
    expect(lines.map(({ ticket }) => ticket)).toEqual(exam.candidates.map(({ ticket }) => ticket));
    expect(lines[1]).toMatchObject({
      name: '考生2',
      room: '机房1',
      seat: '2',
      session: '第一场',
      paper: 'PAGE-1',
      items: [{ text: '6S 与操作规范', allowed: { possible: 3 }, points: null, mark: null, by: null }],
    });
    expect(await seats(exam, `?room=${encodeURIComponent('机房2')}`)).toEqual([]);
    expect(await seats(exam, `?room=${encodeURIComponent('机房1')}&session=${exam.session}`)).toHaveLength(3);
    expect(await seats(exam, `?session=none`)).toEqual([]);
  });

  it('settle the item in the breakdown; missing they are pending, never a zero', async () => {
    const exam = await sitting();
    const [first] = exam.candidates;
    const item = itemOf(await seats(exam), 0)?.item ?? '';
    const before = await open(room, examiner, first?.id ?? '');
    expect(before.breakdown.total.pending.process).toBe(3);
    expect(before.awarded).toBeNull();
    const { status, body } = await put(exam, first?.id ?? '', item, { points: 2.5, comment: '工位整洁' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ points: 2.5, comment: '工位整洁', by: `${invigilator.name} 老师` });
    const after = await open(room, examiner, first?.id ?? '');
    expect(after.breakdown.total.pending.process).toBe(0);
    expect(after.settled).toBe(before.settled + 2.5);
    // The examiner's own work has not begun with that.
    expect(after.state).toBe('waiting');
  });

  it('are never overwritten unseen, and only have values the item allows', async () => {
    const exam = await sitting();
    const second = exam.candidates[1]?.id ?? '';
    const item = itemOf(await seats(exam), 1)?.item ?? '';
    const first = await put(exam, second, item, { points: 3 });
    const late = await put(exam, second, item, { points: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
    expect((await put(exam, second, item, { points: 1, seen: first.body.mark })).status).toBe(200);
    expect((await put(exam, second, item, { points: 3.5 })).body.code).toBe('points-not-allowed');
    expect((await put(exam, second, 'page-9.none', { points: 1 })).status).toBe(404);
    expect((await put(exam, 'cand_none', item, { points: 1 })).status).toBe(404);
    const other = await sitting(1);
    expect((await put(other, second, item, { points: 1 })).status).toBe(404);
  });

  it('leave items of the work to examiners', async () => {
    const exam = await sitting();
    const [first] = exam.candidates;
    const { items } = await open(room, examiner, first?.id ?? '');
    const { body } = await put(exam, first?.id ?? '', items[0]?.id ?? '', { points: 0 });
    expect(body.code).toBe('not-a-process-item');
  });
});

describe('a list of process marks', () => {
  it('is taken over with one column per item, by text or id, and says what it changes', async () => {
    const exam = await sitting();
    const [a, b, c] = exam.candidates.map(({ ticket }) => ticket);
    const csv = `姓名,准考证号,6S与操作规范,备注\n甲,${a},2.5,好\n乙,${b},3,\n丙,${c},,\n`;
    const dry = await send(exam, csv, '?dryRun=true');
    expect(dry.body).toEqual({ candidates: 2, marks: 2, unchanged: 0, replaced: [], dryRun: true });
    expect((await seats(exam)).map(({ items }) => items[0]?.points)).toEqual([null, null, null]);
    expect((await send(exam, csv)).body).toMatchObject({ marks: 2, dryRun: false });
    expect((await seats(exam)).map(({ items }) => items[0]?.points)).toEqual([2.5, 3, null]);
    const id = itemOf(await seats(exam), 0)?.item ?? '';
    const again = await send(exam, `准考证号,${id}\n${a},2\n${b},3\n`);
    expect(again.body).toMatchObject({
      marks: 1,
      unchanged: 1,
      replaced: [{ ticket: a, item: id, from: 2.5, to: 2 }],
    });
    expect(itemOf(await seats(exam), 0)).toMatchObject({ points: 2, comment: '好' });
    expect((await open(room, examiner, exam.candidates[0]?.id ?? '')).breakdown.total.pending.process).toBe(
      0,
    );
  });

  it('is taken over with a line per mark, as XLSX', async () => {
    const exam = await sitting(1);
    const sheet = utils.aoa_to_sheet([
      ['准考证号', '评分点', '得分'],
      [exam.candidates[0]?.ticket, '6S 与操作规范', 1.5],
    ]);
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '过程考核');
    const bytes: Buffer = write(book, { type: 'buffer', bookType: 'xlsx' });
    expect((await send(exam, bytes)).body).toMatchObject({ marks: 1 });
    expect(itemOf(await seats(exam), 0)?.points).toBe(1.5);
  });

  it('with a fault is refused whole, line by line', async () => {
    const exam = await sitting();
    const [a, b] = exam.candidates.map(({ ticket }) => ticket);
    const csv = `准考证号,评分点,得分\n${a},6S 与操作规范,2\n${b},6S 与操作规范,9\n1,6S 与操作规范,1\n${a},操作,1\n${a},6S与操作规范,1\n${b},6S与操作规范,缺考\n`;
    const { status, body } = await send(exam, csv);
    expect([status, body.code]).toEqual([422, 'process-list']);
    expect(body.errors.map(({ where }) => where)).toEqual([
      '第 3 行',
      '第 4 行',
      '第 5 行',
      '第 6 行',
      '第 7 行',
    ]);
    expect(body.errors[0]?.message).toContain('0 到 3 分');
    expect(body.errors[2]?.message).toContain('6S 与操作规范');
    expect((await seats(exam)).every(({ items }) => items[0]?.points === null)).toBe(true);
  });

  it.each([
    ['empty', ' ', '第 1 行'],
    ['without tickets', '姓名,6S\n甲,2\n', '第 1 行'],
    ['without items', '准考证号,姓名\n1,甲\n', '第 1 行'],
    ['without marks', '准考证号,6S\n1,\n', '文件'],
    ['with a nameless line', '准考证号,6S\n,2\n', '第 2 行'],
  ])('%s is refused with the place', async (_name, csv, where) => {
    const { status, body } = await send(await sitting(1), csv);
    expect(status).toBe(422);
    expect(body.errors[0]?.where).toBe(where);
  });
});
