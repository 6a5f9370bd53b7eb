import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomLine } from '../../src/intake/room.ts';
import { openExam, openStores, type Stores, type TestExam } from '../support/exam.ts';
import {
  ask,
  bearer,
  complete,
  handIn,
  staffToken,
  startService,
  type TestService,
  tokenOf,
} from './service.ts';

let stores: Stores;
let service: TestService;
let exam: TestExam;

beforeAll(async () => {
  stores = await openStores();
  service = await startService(stores);
  exam = await openExam(stores, { candidates: 4 });
  const [, poor, good, both] = await Promise.all(exam.candidates.map((one) => tokenOf(service, one)));
  await handIn(service, poor ?? '', { 'index.html': '' });
  await handIn(service, good ?? '', complete);
  await handIn(service, both ?? '', complete);
  await handIn(service, both ?? '', { 'index.html': '' });
});
afterAll(async () => {
  await service?.close();
  await stores?.close();
});

async function lines(token: string, query = '') {
  const { status, body } = await ask<{ items: RoomLine[]; next: string | null }>(
    service,
    `/exams/${exam.id}/hand-ins${query}`,
    { headers: bearer(token) },
  );
  return { status, ...body };
}

describe('an invigilator sees', () => {
  it('who is missing, whose package has problems, who is done; a poorer later attempt changes nothing', async () => {
    const { items } = await lines(await staffToken(service, 'invigilator'));
    expect(items.map(({ seat, state, attempts }) => [seat, state, attempts])).toEqual([
      ['1', 'missing', 0],
      ['2', 'problem', 1],
      ['3', 'handed-in', 1],
      ['4', 'handed-in', 2],
    ]);
    expect(items[0]).toMatchObject({
      name: '考生1',
      room: '机房1',
      session: '第一场',
      paper: 'PAGE-9',
      lastAt: null,
    });
    expect(items[1]?.problems.map(({ code }) => code)).toContain('empty-file');
    expect(Date.parse(items[3]?.lastAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('one session or room, page by page', async () => {
    const token = await staffToken(service, 'administrator');
    const named = (query: Record<string, string>) => `?${new URLSearchParams(query)}`;
    expect((await lines(token, named({ room: '机房2' }))).items).toEqual([]);
    expect((await lines(token, named({ session: '第二场' }))).items).toEqual([]);
    expect((await lines(token, named({ session: '第一场', room: '机房1' }))).items).toHaveLength(4);
    const first = await lines(token, named({ limit: '3' }));
    const second = await lines(token, named({ limit: '3', cursor: first.next ?? '' }));
    expect([...first.items, ...second.items].map(({ seat }) => seat)).toEqual(['1', '2', '3', '4']);
    expect(second.next).toBeNull();
  });

  it('nothing as an examiner or a candidate, and no exam that is not there', async () => {
    expect((await lines(await staffToken(service, 'examiner'))).status).toBe(403);
    const [candidate] = exam.candidates;
    const token = candidate ? await tokenOf(service, candidate) : '';
    expect((await lines(token)).status).toBe(403);
    const administrator = bearer(await staffToken(service, 'administrator'));
    expect((await ask(service, '/exams/exam_x/hand-ins', { headers: administrator })).status).toBe(404);
  });
});
