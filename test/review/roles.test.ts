import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seatingOf } from '../../src/exams/candidate-identity.ts';
import { issueCandidateToken } from '../../src/intake/candidate-tokens.ts';
import type { TestExam } from '../support/exam.ts';
import { type Account, ask, everyRole, gradedExam, openRoom, type Room } from './room.ts';

let room: Room;
let exam: TestExam;
let people: Record<string, Partial<Account>>;

beforeAll(async () => {
  room = await openRoom();
  exam = await gradedExam(room, 'PAGE-1', ['page-1-slips']);
  const seating = await seatingOf(room.stores.database, exam.candidates[0]?.id ?? '');
  if (!seating) throw new Error('the candidate has no seat');
  const { token } = await issueCandidateToken(room.stores.database, seating);
  const candidate = { headers: { authorization: `Bearer ${token}` } };
  people = { ...(await everyRole(room)), candidate };
});
afterAll(() => room?.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Route = [method: Method, path: string, payload?: object];

const markers = ['administrator', 'examiner'];
const supervisors = ['administrator', 'invigilator'];
const office = ['administrator'];

const submission = '/review/submissions/CANDIDATE';
const routes: [may: string[], routes: Route[]][] = [
  [
    markers,
    [
      ['GET', '/review/submissions'],
      ['POST', '/review/next', {}],
      ['POST', `${submission}/lease`],
      ['DELETE', `${submission}/lease`],
      ['GET', submission],
      ['PUT', `${submission}/items/none`, { points: 1, seen: null }],
      ['GET', `${submission}/items/none/marks`],
      ['POST', `${submission}/criteria/none/accept`, { items: [{ item: 'none', seen: null }] }],
      ['GET', `${submission}/files/0`],
      ['GET', `${submission}/picture/0`],
      ['GET', `${submission}/text/0`],
      ['GET', `${submission}/render/0`],
      ['GET', `${submission}/materials/bg.bmp`],
      ['GET', `${submission}/material-picture/bg.bmp`],
      ['GET', `${submission}/material-text/bg.bmp`],
    ],
  ],
  [
    supervisors,
    [
      ['GET', '/exams/EXAM/process'],
      ['PUT', '/exams/EXAM/process/CANDIDATE/none', { points: 1, seen: null }],
      ['POST', '/exams/EXAM/process/import'],
    ],
  ],
  [
    office,
    [
      ['GET', '/exams/EXAM/results'],
      ['GET', '/exams/EXAM/results.xlsx'],
      ['GET', '/exams/EXAM/results.csv'],
      ['GET', '/exams/EXAM/results-items.xlsx'],
      ['GET', '/exams/EXAM/results-items.csv'],
      ['GET', '/exams/EXAM/results/CANDIDATE/sheet'],
      ['GET', '/audit'],
    ],
  ],
];
const cases = routes.flatMap(([may, list]) =>
  list.map(([method, path, payload]) => ({ may, method, path, payload })),
);

describe('every route of the marking room, process marks, results and audit', () => {
  it.each(cases)('$method $path is for $may and nobody else', async ({ may, method, path, payload }) => {
    const url = path.replace('EXAM', exam.id).replace('CANDIDATE', exam.candidates[0]?.id ?? '');
    const send = url.endsWith('/import')
      ? { method, headers: { 'content-type': 'text/csv' }, payload: '准考证号,6S\n' }
      : { method, ...(payload && { payload }) };
    for (const [role, who] of Object.entries(people)) {
      const { status } = await ask(room, who, url, send);
      if (role === 'nobody') expect([role, status]).toEqual([role, 401]);
      else if (may.includes(role)) expect([role, [401, 403].includes(status)]).toEqual([role, false]);
      else expect([role, status]).toEqual([role, 403]);
    }
  });

  it('is among those asked here', async () => {
    const document = await room.test.app.inject('/docs/json');
    const { paths } = document.json<{ paths: Record<string, Record<string, unknown>> }>();
    const known = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    const ours = known.filter((route) => /\/(review|process|results[^/]*|audit)(\/|$)/.test(route));
    const shape = (route: string) => route.replaceAll(/\{[^}]+\}/g, '*').replace(/\*$/, '*');
    const asked = cases.map(({ method, path }) =>
      `${method} ${path}`.replaceAll(/EXAM|CANDIDATE|none|bg\.bmp|(?<=\/)0$/g, '*'),
    );
    expect(ours.map(shape).filter((route) => !asked.includes(route))).toEqual([]);
    expect(ours.length).toBe(cases.length);
  });

  it('describes what it answers: no empty schema where JSON comes', async () => {
    const document = await room.test.app.inject('/docs/json');
    const { paths } = document.json<{
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
      >;
    }>();
    const review = paths['/api/v1/review/submissions/{candidate}']?.get?.responses['200']?.content;
    expect(JSON.stringify(review)).toContain('breakdown');
    const put = paths['/api/v1/review/submissions/{candidate}/items/{item}']?.put;
    expect(JSON.stringify(put)).toContain('"seen"');
  });
});
