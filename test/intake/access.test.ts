import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount } from '../../src/access/accounts.ts';
import { addApiToken } from '../../src/access/api-tokens.ts';
import { moveSession } from '../../src/exams/exams.ts';
import { openExam, openStores, publishPaper, type Stores } from '../support/exam.ts';
import {
  ask,
  bearer,
  complete,
  formOf,
  handIn,
  json,
  newKey,
  type Refusal,
  staffToken,
  startService,
  type TestService,
  tokenOf,
} from './service.ts';

let stores: Stores;
let service: TestService;
let version: string;

beforeAll(async () => {
  stores = await openStores();
  service = await startService(stores);
  version = await publishPaper(stores);
});
afterAll(async () => {
  await service?.close();
  await stores?.close();
});

async function seated(wishes: Parameters<typeof openExam>[1] = {}) {
  const exam = await openExam(stores, { version, candidates: 1, ...wishes });
  const [candidate] = exam.candidates;
  if (!candidate) throw new Error('an exam without candidates');
  return { exam, candidate };
}

describe('ticket and PIN', () => {
  it('give a token, the paper, the session and the time', async () => {
    const { candidate } = await seated();
    const { status, body } = await ask(service, '/hand-in/token', json(candidate));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token: expect.stringMatching(/^kpc_/),
      candidate: { ticket: candidate.ticket, name: '考生1', room: '机房1', seat: '1' },
      paper: { id: 'PAGE-9', title: '茶叶店首页', minutes: 60 },
      session: { name: '第一场', graceSeconds: 60 },
    });
    expect(JSON.stringify(body)).not.toMatch(/pin|hash/i);
  });

  it('that are wrong are refused alike, whatever is wrong', async () => {
    const { candidate } = await seated();
    const wrong = await ask<Refusal>(service, '/hand-in/token', json({ ...candidate, pin: '000000' }));
    const nobody = await ask<Refusal>(service, '/hand-in/token', json({ ticket: '1', pin: '000000' }));
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong-credentials']);
    expect({ ...nobody.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  });

  it('cannot be guessed: 429 after ten tries at one ticket; others still come in', async () => {
    const { candidate } = await seated();
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) {
      const { status } = await ask(service, '/hand-in/token', json({ ...candidate, pin: `wrong${tries}` }));
      statuses.push(status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    const { status, headers } = await ask(service, '/hand-in/token', json(candidate));
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await tokenOf(service, (await seated()).candidate);
  });

  it('429 for an address that tries too many tickets', async () => {
    const narrow = await startService(stores, { limits: { loginsPerMinute: 3 } });
    const statuses: number[] = [];
    for (let ticket = 1; ticket <= 4; ticket += 1) {
      statuses.push(
        (await ask(narrow, '/hand-in/token', json({ ticket: `n${ticket}`, pin: '0000' }))).status,
      );
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
    await narrow.close();
  });
});

describe('a token', () => {
  const routes: [string, RequestInit][] = [
    ['/hand-in', {}],
    ['/hand-in/task', {}],
    ['/hand-in/materials/x', {}],
    ['/hand-in/attempts', { method: 'POST', body: formOf(complete) }],
    ['/hand-in/attempts/start', json({ files: [] })],
    ['/hand-in/attempts/att_x/complete', { method: 'POST' }],
    ['/hand-in/uploads', { method: 'POST' }],
    ['/hand-in/uploads/upl_x', { method: 'PATCH' }],
  ];

  it.each(routes)('of no kind, of a wrong kind, or unknown is refused at %s', async (path, init) => {
    const administrator = await staffToken(service, 'administrator');
    const wrong = ['kpc_unknown', 'kps_unknown', 'nonsense', `kpa_${'x'.repeat(43)}`];
    const status = async (headers: Record<string, string>) =>
      (
        await ask(service, path, {
          ...init,
          headers: { ...(init.headers as Record<string, string>), 'idempotency-key': newKey(), ...headers },
        })
      ).status;
    expect(await status({})).toBe(401);
    for (const token of wrong) expect(await status(bearer(token))).toBe(401);
    expect(await status(bearer(administrator))).toBe(403);
  });

  it('of a program is no candidate', async () => {
    const name = newKey();
    const account = { name, displayName: name, password: 'a long password of nobody' };
    const { id } = await addAccount(stores.database, { ...account, roles: ['administrator'] });
    const wanted = {
      accountId: id,
      name: 'x',
      roles: ['administrator' as const],
      expiresAt: null,
    };
    const { token } = await addApiToken(stores.database, wanted);
    expect((await ask(service, '/hand-in', { headers: bearer(token) })).status).toBe(403);
  });

  it('ends half an hour after the session and its grace, and when it is revoked', async () => {
    const { candidate } = await seated({ endsIn: 30, graceSeconds: 60 });
    const { body } = await ask<{ token: string; expiresAt: string }>(
      service,
      '/hand-in/token',
      json(candidate),
    );
    const minutes = (Date.parse(body.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(60);
    expect(minutes).toBeLessThanOrEqual(61);
    const { pool } = stores.database;
    await pool.query(`update candidate_token set expires_at = now() where candidate_id = $1`, [candidate.id]);
    expect((await ask(service, '/hand-in', { headers: bearer(body.token) })).status).toBe(401);
    const second = await tokenOf(service, candidate);
    await pool.query(`update candidate_token set revoked_at = now() where candidate_id = $1`, [candidate.id]);
    expect((await handIn(service, second, complete)).status).toBe(401);
  });

  it('may be had again: a terminal that restarts goes on, both are good', async () => {
    const { candidate } = await seated();
    const tokens = [await tokenOf(service, candidate), await tokenOf(service, candidate)];
    for (const token of tokens)
      expect((await ask(service, '/hand-in', { headers: bearer(token) })).status).toBe(200);
  });
});

describe('task and 素材', () => {
  it('are there once the session has started, and not before', async () => {
    const { exam, candidate } = await seated({ startsIn: 10 });
    const headers = bearer(await tokenOf(service, candidate));
    for (const path of ['/hand-in/task', '/hand-in/materials/图片/tea.txt']) {
      const { status, body } = await ask<Refusal>(service, path, { headers });
      expect([status, body.code]).toEqual([409, 'not-started']);
    }
    const status = await ask<{ session: { secondsLeft: number } }>(service, '/hand-in', { headers });
    expect(status.status).toBe(200);
    await stores.database.pool.query(`update exam_session set starts_at = now() where exam_id = $1`, [
      exam.id,
    ]);
    const task = await ask<{ text: string; materials: { path: string; bytes: number }[] }>(
      service,
      '/hand-in/task',
      { headers },
    );
    expect(task.body).toMatchObject({
      text: expect.stringContaining('# 任务'),
      paper: { id: 'PAGE-9' },
      materials: [{ path: '图片/tea.txt', bytes: 12 }],
    });
    const material = await ask<string>(service, `/hand-in/materials/${encodeURIComponent('图片')}/tea.txt`, {
      headers,
    });
    expect(material.body).toBe('素材：茶');
    expect((await ask(service, '/hand-in/materials/../paper.yaml', { headers })).status).toBe(404);
    expect((await ask(service, '/hand-in/materials/none.txt', { headers })).status).toBe(404);
  });
});

describe('a candidate sees', () => {
  interface Status {
    counting: string;
    session: { secondsLeft: number };
    attempts: { number: number; state: string; counts: boolean; complete: boolean; code: string | null }[];
  }
  const statusOf = async (token: string) =>
    (await ask<Status>(service, '/hand-in', { headers: bearer(token) })).body;

  it('which attempt counts and why, the time left, and no word about marks', async () => {
    const { exam, candidate } = await seated();
    const token = await tokenOf(service, candidate);
    expect((await statusOf(token)).counting).toBe('尚未收到任何作品。');
    await handIn(service, token, { 'index.html': 'x' });
    expect((await statusOf(token)).counting).toBe(
      '以第 1 次提交为准：目前最完整的一次（要求 2 个文件，收到 1 个）。',
    );
    const { body } = await handIn(service, token, complete);
    await handIn(service, token, { 'index.html': 'x' });
    const status = await statusOf(token);
    expect(status.counting).toBe(
      '以第 2 次提交为准：最后一次文件齐全的提交（之后的提交不完整，不替换此次）。',
    );
    expect(status.attempts.map(({ number, counts, complete }) => [number, counts, complete])).toEqual([
      [3, false, false],
      [2, true, true],
      [1, false, false],
    ]);
    expect(status.attempts[1]?.code).toBe(body.receipt.code);
    expect(JSON.stringify(status)).not.toMatch(/settled|suggested|score|graded|points/);
    await moveSession(stores, exam.id, exam.session, {
      endsAt: new Date(Date.now() - 1000),
      graceSeconds: 60,
    });
    expect((await statusOf(token)).session.secondsLeft).toBe(0);
  });

  it('nothing of another candidate', async () => {
    const [one, two] = [await seated(), await seated()];
    await handIn(service, await tokenOf(service, one.candidate), complete);
    expect((await statusOf(await tokenOf(service, two.candidate))).attempts).toEqual([]);
  });
});
