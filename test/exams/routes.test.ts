import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGbk } from '../../samples/make/gbk.ts';
import { addAccount } from '../../src/access/accounts.ts';
import type { Role } from '../../src/access/role.ts';
import { examRoutes } from '../../src/exams/routes.ts';
import { importRubric } from '../../src/exams/rubric-versions.ts';
import { openFileBlobStore } from '../../src/storage/file-blob-store.ts';
import { openManifestStore } from '../../src/storage/manifest-store.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { publishPaper, type Stores } from '../support/exam.ts';
import { temporaryFolder } from '../support/folder.ts';
import { paperFolder } from './paper.ts';

const password = 'correct horse battery';
const roles: Role[] = ['administrator', 'examiner', 'invigilator'];
const bearers = new Map<Role, { authorization: string }>();
let test: TestApp;
let stores: Stores;
let version: string;

beforeAll(async () => {
  const dataDir = await temporaryFolder();
  const manifests = await openManifestStore(`${dataDir}/manifests`);
  test = await openTestApp((database) => [examRoutes({ database, manifests })]);
  const blobs = await openFileBlobStore(`${dataDir}/blobs`);
  stores = { database: test.database, blobs, manifests, dataDir, close: () => test.close() };
  version = await publishPaper(stores);
  for (const role of roles) {
    await addAccount(test.database, { name: role, displayName: role, password, roles: [role] });
    bearers.set(role, await test.signIn(role, password));
  }
});
afterAll(() => stores.close());

type Method = 'GET' | 'POST' | 'PUT';
function ask(method: Method, path: string, payload?: string | object | Buffer, as: Role = 'administrator') {
  return test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...bearers.get(as) },
    ...(payload !== undefined && { payload }),
  });
}

const newExam = () => ({
  name: '春季考核',
  versions: [version],
  sessions: [{ name: '第一场', startsAt: '2026-03-01T08:00:00+08:00', endsAt: '2026-03-01T09:00:00+08:00' }],
});
const makeExam = async (): Promise<string> => (await ask('POST', '/exams', newExam())).json().id;

describe('exams over HTTP', () => {
  it('are made, read, opened and moved', async () => {
    const made = await ask('POST', '/exams', newExam());
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    const exam = (await ask('GET', `/exams/${id}`)).json();
    expect(exam).toMatchObject({ state: 'draft', createdBy: 'administrator' });
    expect(exam.sessions[0]).toMatchObject({ startsAt: '2026-03-01T00:00:00.000Z', graceSeconds: 60 });
    expect((await ask('PUT', `/exams/${id}/state`, { state: 'open' })).statusCode).toBe(204);
    const times = { endsAt: '2026-03-01T09:15:00+08:00', graceSeconds: 0 };
    const moved = await ask('PUT', `/exams/${id}/sessions/${exam.sessions[0].id}`, times);
    expect(moved.statusCode).toBe(204);
    const after = (await ask('GET', `/exams/${id}`)).json();
    expect(after).toMatchObject({ state: 'open', sessions: [{ endsAt: '2026-03-01T01:15:00.000Z' }] });
  });

  it('are listed page by page', async () => {
    for (let count = 0; count < 3; count += 1) await makeExam();
    const seen: string[] = [];
    for (let next = ''; ; ) {
      const page = (await ask('GET', `/exams?limit=2${next && `&cursor=${next}`}`)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      if (page.next === null) break;
      next = page.next;
    }
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(seen.toSorted().reverse());
  });

  it('that are not there are 404, and a wrong body says where it is wrong', async () => {
    expect((await ask('GET', '/exams/exam_none')).json()).toMatchObject({ status: 404, code: 'not-found' });
    const wrong = await ask('POST', '/exams', { ...newExam(), sessions: [] });
    expect(wrong.json()).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(wrong.json().errors[0].where).toContain('sessions');
  });
});

const heading = '准考证号,姓名,模块,试题,场次,考场,座位号,密码';
const csv = (tickets: readonly string[]) =>
  [
    heading,
    ...tickets.map((ticket, at) => `${ticket},李${at},网页美化,PAGE-9,第一场,机房1,${at + 1},1234`),
  ].join('\r\n');
const upload = (exam: string, type: string, payload: Buffer | string) =>
  test.app.inject({
    method: 'POST',
    url: `/api/v1/exams/${exam}/candidates`,
    headers: { ...bearers.get('administrator'), 'content-type': type },
    payload,
  });
const namesIn = async (exam: string): Promise<string[]> =>
  (await ask('GET', `/exams/${exam}/candidates`)).json().items.map(({ name }: { name: string }) => name);

describe('candidate lists over HTTP', () => {
  it('come as CSV, however the browser calls it', async () => {
    for (const type of [
      'text/csv',
      'text/csv; charset=utf-8',
      'application/vnd.ms-excel',
      'application/octet-stream',
    ]) {
      const exam = await makeExam();
      const answer = await upload(exam, type, csv(['20260001', '20260002']));
      expect([type, answer.statusCode, answer.json()]).toEqual([type, 201, { imported: 2 }]);
      expect(await namesIn(exam)).toEqual(['李0', '李1']);
    }
  });

  it('come in GBK, as Chinese Excel writes them', async () => {
    const exam = await makeExam();
    const answer = await upload(exam, 'text/csv', encodeGbk(csv(['00012', '00013'])));
    expect(answer.json()).toEqual({ imported: 2 });
    expect(await namesIn(exam)).toEqual(['李0', '李1']);
    const page = (await ask('GET', `/exams/${exam}/candidates?limit=1`)).json();
    expect(page.items).toMatchObject([{ ticket: '00012', module: 'page', session: '第一场', seat: '1' }]);
    const next = (await ask('GET', `/exams/${exam}/candidates?limit=1&cursor=${page.next}`)).json();
    expect(next).toMatchObject({ items: [{ ticket: '00013' }], next: null });
  });

  it('come as XLSX', async () => {
    const exam = await makeExam();
    const rows = csv(['20260001'])
      .split('\r\n')
      .map((row) => row.split(','));
    const book = utils.book_new(utils.aoa_to_sheet(rows), '名单');
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const answer = await upload(exam, type, write(book, { type: 'buffer', bookType: 'xlsx' }));
    expect(answer.json()).toEqual({ imported: 1 });
  });

  it('are refused with every faulty line, of any other type, and for no exam', async () => {
    const exam = await makeExam();
    const faulty = await upload(exam, 'text/csv', csv(['4.3E+07', '20260002', '20260002']));
    expect(faulty.statusCode).toBe(422);
    expect(faulty.json().errors.map(({ where }: { where: string }) => where)).toEqual(['第 2 行', '第 4 行']);
    expect(await namesIn(exam)).toEqual([]);
    expect((await upload(exam, 'application/pdf', 'x')).json()).toMatchObject({ code: 'media-type' });
    expect((await upload('exam_none', 'text/csv', csv(['20260002']))).statusCode).toBe(404);
  });
});

describe('rubric versions over HTTP', () => {
  it('are listed, read and published', async () => {
    const folder = await paperFolder('# 任务\n', 'PAGE-77');
    const draft = await importRubric(stores, folder, new Map(), { author: 'a', reason: 'b' });
    const listed = (await ask('GET', '/rubrics?paper=PAGE-77', undefined, 'examiner')).json();
    expect(listed.items).toMatchObject([{ id: draft.version, state: 'draft', number: null }]);
    const read = (await ask('GET', `/rubrics/${draft.version}`)).json();
    expect(read.content).toMatchObject({ id: 'PAGE-77', taskText: '# 任务\n' });
    const published = await ask('POST', `/rubrics/${draft.version}/publish`);
    expect(published.json()).toEqual({ paper: 'PAGE-77', number: 1 });
    const first = (await ask('GET', '/rubrics?limit=1')).json();
    expect(first.items[0]).toMatchObject({ id: draft.version, state: 'published', number: 1 });
    const second = (await ask('GET', `/rubrics?limit=1&cursor=${first.next}`)).json();
    expect(second.items[0].id).toBe(version);
    expect((await ask('GET', '/rubrics?cursor=bm9uZQ')).json()).toMatchObject({ code: 'invalid-cursor' });
  });
});

describe('who may what', () => {
  const routes: [method: Method, path: string, allowed: Role[]][] = [
    ['POST', '/exams', ['administrator']],
    ['GET', '/exams', roles],
    ['GET', '/exams/none', roles],
    ['PUT', '/exams/none/state', ['administrator']],
    ['PUT', '/exams/none/sessions/none', ['administrator']],
    ['POST', '/exams/none/candidates', ['administrator']],
    ['GET', '/exams/none/candidates', ['administrator', 'invigilator']],
    ['GET', '/rubrics', ['administrator', 'examiner']],
    ['GET', '/rubrics/none', ['administrator', 'examiner']],
    ['POST', '/rubrics/none/publish', ['administrator']],
  ];

  it.each(routes)('%s %s', async (method, path, allowed) => {
    const nobody = await test.app.inject({ method, url: `/api/v1${path}` });
    expect(nobody.statusCode).toBe(401);
    for (const role of roles) {
      const { statusCode } = await ask(method, path, undefined, role);
      expect([role, statusCode === 403]).toEqual([role, !allowed.includes(role)]);
    }
  });
});
