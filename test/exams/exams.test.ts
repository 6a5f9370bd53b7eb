import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candidate } from '../../src/database/schema/exams.ts';
import type { CandidateLine } from '../../src/exams/candidate-table.ts';
import { importCandidates, listCandidates } from '../../src/exams/candidates.ts';
import { createExam, examOf, listExams, moveSession, setExamState } from '../../src/exams/exams.ts';
import { type ExamRecord, examRecordSchema, recordFolders } from '../../src/exams/records.ts';
import { importRubric } from '../../src/exams/rubric-versions.ts';
import { openExam, openStores, publishPaper, type Stores } from '../support/exam.ts';
import { paperFolder } from './paper.ts';

let stores: Stores;
let version: string;

beforeAll(async () => {
  stores = await openStores();
  version = await publishPaper(stores);
});
afterAll(() => stores.close());

const hour = 3_600_000;
const session = (name: string, startsIn = 0, endsIn = 1) => ({
  name,
  startsAt: new Date(Date.now() + startsIn * hour),
  endsAt: new Date(Date.now() + endsIn * hour),
  graceSeconds: 60,
});
const make = (wanted: Partial<Parameters<typeof createExam>[1]> = {}) =>
  createExam(stores, {
    name: '春季考核',
    createdBy: 'office',
    sessions: [session('第一场')],
    versions: [version],
    ...wanted,
  });

/** The newest record of an exam, as a recovery reads it. */
async function recordOf(id: string): Promise<ExamRecord> {
  const records: ExamRecord[] = [];
  for await (const found of stores.manifests.list()) {
    if (found.examId === recordFolders.exams && 'value' in found)
      records.push(examRecordSchema.parse(found.value));
  }
  const own = records.filter(({ exam }) => exam.id === id);
  const newest = own.sort((a, b) => (a.revision < b.revision ? 1 : -1))[0];
  if (!newest) throw new Error(`no record of exam ${id}`);
  return newest;
}

describe('making an exam', () => {
  it('begins as a draft with its sessions and pinned versions, and is written down', async () => {
    const { id } = await make({ sessions: [session('第二场', 2, 3), session('第一场')] });
    const made = await examOf(stores.database, id);
    expect(made).toMatchObject({ state: 'draft', createdBy: 'office' });
    expect(made.sessions.map(({ name }) => name)).toEqual(['第一场', '第二场']);
    expect(made.papers).toMatchObject([{ paper: 'PAGE-9', version, number: 1, module: 'page' }]);
    const record = await recordOf(id);
    expect(record.papers).toEqual([{ paperId: 'PAGE-9', versionId: version }]);
    expect(record.sessions).toHaveLength(2);
  });

  it('pins published versions only, and says which are not', async () => {
    const folder = await paperFolder('# 草稿\n');
    const draft = await importRubric(stores, folder, new Map(), { author: 'a', reason: 'b' });
    const refused = make({ versions: [draft.version, 'nothing', version] });
    await expect(refused).rejects.toMatchObject({
      status: 422,
      code: 'unusable-version',
      errors: [
        { where: draft.version, message: '尚未发布' },
        { where: 'nothing', message: '没有此版本' },
      ],
    });
  });

  it('refuses two versions of one paper, and one version twice', async () => {
    const other = await publishPaper(stores, { 'task.md': '# 另一个版本\n' });
    for (const versions of [
      [version, other],
      [version, version],
    ]) {
      await expect(make({ versions })).rejects.toMatchObject({
        errors: [{ where: 'PAGE-9', message: '同一试题只能固定一个版本' }],
      });
    }
  });

  it('refuses a session that ends before it begins, and two of one name', async () => {
    const sessions = [session('上午', 1, 0), session('下午'), session('下午', 2, 3)];
    await expect(make({ sessions })).rejects.toMatchObject({
      code: 'unusable-session',
      errors: [
        { where: '上午', message: '结束时间不晚于开始时间' },
        { where: '下午', message: '场次名称重复' },
      ],
    });
  });

  it('lists the newest first, page by page', async () => {
    const made = [await make(), await make(), await make()].map(({ id }) => id);
    const first = await listExams(stores.database, null, 2);
    expect(first.map(({ id }) => id)).toEqual([made[2], made[1]]);
    const [next] = await listExams(stores.database, made[1] ?? '', 1);
    expect(next?.id).toBe(made[0]);
  });
});

describe('the states of an exam', () => {
  it('lead from draft to open and closed, and open again, each written down', async () => {
    const { id } = await make();
    for (const state of ['open', 'closed', 'open'] as const) {
      await setExamState(stores, id, state);
      expect((await examOf(stores.database, id)).state).toBe(state);
      expect((await recordOf(id)).exam.state).toBe(state);
    }
  });

  it('never lead back to draft, nor from draft to closed', async () => {
    const { id } = await make();
    await expect(setExamState(stores, id, 'closed')).rejects.toMatchObject({ status: 409 });
    await setExamState(stores, id, 'open');
    await expect(setExamState(stores, id, 'draft')).rejects.toMatchObject({ code: 'exam-state' });
    await expect(setExamState(stores, 'exam_nothing', 'open')).rejects.toMatchObject({ status: 404 });
  });

  it('may be set to what they are', async () => {
    const { id } = await make();
    await setExamState(stores, id, 'open');
    await expect(setExamState(stores, id, 'open')).resolves.toBeUndefined();
  });
});

describe('moving a session', () => {
  const later = { endsAt: new Date(Date.now() + 5 * hour), graceSeconds: 300 };

  it('changes its end and grace, and writes it down', async () => {
    const exam = await openExam(stores, { version });
    await moveSession(stores, exam.id, exam.session, later);
    const { sessions } = await examOf(stores.database, exam.id);
    expect(sessions).toMatchObject([later]);
    const record = await recordOf(exam.id);
    expect(record.sessions[0]).toMatchObject({ endsAt: later.endsAt.toISOString(), graceSeconds: 300 });
    expect(record.candidates).toHaveLength(3);
  });

  it('refuses an end before the beginning and a session of another exam', async () => {
    const [exam, other] = [await openExam(stores, { version }), await openExam(stores, { version })];
    const before = { endsAt: new Date(0), graceSeconds: 0 };
    await expect(moveSession(stores, exam.id, exam.session, before)).rejects.toMatchObject({ status: 422 });
    await expect(moveSession(stores, exam.id, other.session, later)).rejects.toMatchObject({ status: 404 });
    await expect(moveSession(stores, 'exam_none', exam.session, later)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('writes down what all have changed when several change at once', async () => {
    const names = ['一', '二', '三', '四', '五', '六'];
    const { id } = await make({ sessions: names.map((name) => session(name)) });
    const { sessions } = await examOf(stores.database, id);
    await Promise.all(sessions.map((one) => moveSession(stores, id, one.id, later)));
    const record = await recordOf(id);
    expect(record.sessions.map(({ graceSeconds }) => graceSeconds)).toEqual(names.map(() => 300));
  });
});

const line = (number: number, changes: Partial<CandidateLine> = {}): CandidateLine => ({
  line: number,
  ticket: `T${String(number).padStart(4, '0')}`,
  name: `考生${number}`,
  module: '网页美化',
  paper: 'PAGE-9',
  session: '第一场',
  room: '机房1',
  seat: String(number),
  pin: '1234',
  ...changes,
});
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => line(from + at));
const candidatesOf = (examId: string) =>
  stores.database.db
    .select()
    .from(candidate)
    .where(eq(candidate.examId, examId))
    .orderBy(asc(candidate.ticket));

describe('importing candidates', () => {
  it('draws blind numbers at random, each once, also for those who come later', async () => {
    const { id } = await make();
    expect(await importCandidates(stores, id, lines(2, 41))).toBe(40);
    const numbers = (await candidatesOf(id)).map(({ blindNumber }) => blindNumber);
    const inOrder = numbers.toSorted((a, b) => a - b);
    expect(inOrder).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    // 40! orders: that chance gives the list's own is not to be expected in this life.
    expect(numbers).not.toEqual(inOrder);
    await importCandidates(stores, id, lines(42, 46));
    const all = (await candidatesOf(id)).map(({ blindNumber }) => blindNumber);
    expect(new Set(all).size).toBe(45);
  });

  it('keeps no PIN, in neither database nor record', async () => {
    const { id } = await make();
    await importCandidates(stores, id, [line(2, { pin: 'geheim-4711' })]);
    const kept = JSON.stringify([await candidatesOf(id), await recordOf(id)]);
    expect(kept).not.toContain('geheim-4711');
    expect((await recordOf(id)).candidates[0]?.pinHash).toMatch(/^\$argon2id\$/);
  });

  it('names every line with an unknown session, paper or module, or of another module, and imports nobody', async () => {
    const { id } = await make();
    const list = [
      line(2),
      line(3, { session: '第九场' }),
      line(4, { paper: 'SHOP-1' }),
      line(5, { module: '数学' }),
      line(6, { module: 'shop' }),
    ];
    await expect(importCandidates(stores, id, list)).rejects.toMatchObject({
      status: 422,
      code: 'candidate-list',
      errors: [
        { where: '第 3 行', message: '没有场次“第九场”（现有：第一场）' },
        { where: '第 4 行', message: '本次考试没有试题“SHOP-1”（现有：PAGE-9）' },
        { where: '第 5 行', message: '没有模块“数学”' },
        { where: '第 6 行', message: '试题 PAGE-9 不属于模块“shop”' },
      ],
    });
    expect(await candidatesOf(id)).toEqual([]);
  });

  it('refuses a ticket that is taken, and imports nobody', async () => {
    const { id } = await make();
    await importCandidates(stores, id, lines(2, 3));
    await expect(importCandidates(stores, id, lines(3, 5))).rejects.toMatchObject({
      status: 409,
      code: 'ticket-taken',
      detail: 'T0003',
    });
    expect(await candidatesOf(id)).toHaveLength(2);
  });

  it('lets one of two who import the same list at once win', async () => {
    const { id } = await make();
    const both = await Promise.allSettled([1, 2].map(() => importCandidates(stores, id, lines(2, 6))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await candidatesOf(id)).toHaveLength(5);
  });

  it('does not know an exam that is not there', async () => {
    await expect(importCandidates(stores, 'exam_none', [line(2)])).rejects.toMatchObject({ status: 404 });
  });

  it('lists them by ticket, page by page, without PINs', async () => {
    const { id } = await make();
    await importCandidates(stores, id, lines(2, 6).reverse());
    const first = await listCandidates(stores.database, id, null, 3);
    expect(first.map(({ ticket }) => ticket)).toEqual(['T0002', 'T0003', 'T0004']);
    const rest = await listCandidates(stores.database, id, 'T0004', 3);
    expect(rest.map(({ ticket }) => ticket)).toEqual(['T0005', 'T0006']);
    expect(JSON.stringify(first)).not.toContain('argon2');
  });
});
