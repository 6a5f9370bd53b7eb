import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAccount, firstAdministrator } from '../../src/access/accounts.ts';
import { account, accountSession, apiToken } from '../../src/database/schema/access.ts';
import { openTestApp, type TestApp } from '../support/app.ts';

const password = 'correct horse battery';
let test: TestApp;

beforeAll(async () => {
  test = await openTestApp();
  const { database } = test;
  await addAccount(database, { name: 'office', displayName: '考务', password, roles: ['administrator'] });
  await addAccount(database, { name: 'marker', displayName: '阅卷', password, roles: ['examiner'] });
});
afterAll(() => test.close());

const session = (name: string, word: string) =>
  test.app.inject({ method: 'POST', url: '/api/v1/session', payload: { name, password: word } });

describe('signing in', () => {
  it('gives a bearer and a cookie that only the server reads', async () => {
    const answer = await session('marker', password);
    expect(answer.statusCode).toBe(200);
    expect(answer.json().account).toMatchObject({ name: 'marker', roles: ['examiner'] });
    expect(answer.cookies[0]).toMatchObject({ name: 'kaoping_session', httpOnly: true, sameSite: 'Strict' });
  });

  it('refuses a wrong password and an unknown name with the same words', async () => {
    const [wrong, nobody] = await Promise.all([session('marker', 'guess'), session('nobody', 'guess')]);
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json().code).toBe('wrong-credentials');
    expect(nobody.json().title).toBe(wrong.json().title);
  });

  it('keeps neither passwords nor tokens, only their hashes', async () => {
    const { token } = (await session('marker', password)).json();
    const kept = JSON.stringify([
      await test.database.db.select().from(account),
      await test.database.db.select().from(accountSession),
    ]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(password);
    expect(kept).toContain('$argon2id$v=19$');
  });

  it('ends with signing out', async () => {
    const headers = await test.signIn('marker', password);
    const before = await test.app.inject({ url: '/api/v1/session', headers });
    expect(before.json()).toMatchObject({ name: 'marker' });
    await test.app.inject({ method: 'DELETE', url: '/api/v1/session', headers });
    expect((await test.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
  });

  it('asks for a password of some length and ends other sessions when it changes', async () => {
    await addAccount(test.database, { name: 'mover', displayName: '换', password, roles: ['examiner'] });
    const headers = await test.signIn('mover', password);
    const change = (next: string) =>
      test.app.inject({
        method: 'PUT',
        url: '/api/v1/session/password',
        headers,
        payload: { present: password, next },
      });
    expect((await change('short')).json().code).toBe('password-too-short');
    expect((await change('a much better one')).statusCode).toBe(204);
    expect((await test.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
    expect((await session('mover', 'a much better one')).statusCode).toBe(200);
  });
});

describe('guessing a password', () => {
  it('is slowed for the address, whatever header comes with each guess', async () => {
    const slow = await openTestApp(() => [], { signInsPerMinute: 3 });
    try {
      const guess = (attempt: number) =>
        slow.app.inject({
          method: 'POST',
          url: '/api/v1/session',
          headers: { authorization: `Basic ${attempt}` },
          payload: { name: 'office', password: `guess ${attempt}` },
        });
      const answers = [];
      for (let attempt = 0; attempt < 4; attempt += 1) answers.push((await guess(attempt)).statusCode);
      expect(answers).toEqual([401, 401, 401, 429]);
    } finally {
      await slow.close();
    }
  });
});

describe('roles', () => {
  it('lets an administrator list accounts, page by page, and nobody else', async () => {
    const office = await test.signIn('office', password);
    const first = await test.app.inject({ url: '/api/v1/accounts?limit=1', headers: office });
    const second = await test.app.inject({
      url: `/api/v1/accounts?limit=1&cursor=${first.json().next}`,
      headers: office,
    });
    expect(first.json().items[0].name < second.json().items[0].name).toBe(true);
    expect(JSON.stringify(first.json())).not.toContain('argon2');
    const marker = await test.app.inject({
      url: '/api/v1/accounts',
      headers: await test.signIn('marker', password),
    });
    expect(marker.json()).toMatchObject({ status: 403, code: 'not-allowed' });
    expect((await test.app.inject({ url: '/api/v1/accounts' })).json()).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    });
  });

  it('bars a disabled account at once', async () => {
    const office = await test.signIn('office', password);
    const { id } = await addAccount(test.database, {
      name: 'leaver',
      displayName: '离',
      password,
      roles: ['administrator'],
    });
    const headers = await test.signIn('leaver', password);
    await test.app.inject({ method: 'DELETE', url: `/api/v1/accounts/${id}`, headers: office });
    expect((await test.app.inject({ url: '/api/v1/accounts', headers })).statusCode).toBe(401);
    expect((await session('leaver', password)).statusCode).toBe(401);
  });

  it('gives an API token no more roles than its account has', async () => {
    const headers = await test.signIn('marker', password);
    const made = await test.app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers,
      payload: { name: 'script', roles: ['examiner', 'administrator'] },
    });
    const bearer = { authorization: `Bearer ${made.json().token}` };
    const me = await test.app.inject({ url: '/api/v1/session', headers: bearer });
    expect(me.json().roles).toEqual(['examiner']);
    expect((await test.app.inject({ url: '/api/v1/accounts', headers: bearer })).statusCode).toBe(403);
    expect(JSON.stringify(await test.database.db.select().from(apiToken))).not.toContain(made.json().token);
    await test.app.inject({ method: 'DELETE', url: `/api/v1/tokens/${made.json().id}`, headers });
    expect((await test.app.inject({ url: '/api/v1/session', headers: bearer })).statusCode).toBe(401);
  });

  it('lets no API token make another one, which could have more roles or no end', async () => {
    const headers = await test.signIn('office', password);
    const make = (by: { authorization: string }, roles: string[]) =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: by,
        payload: { name: 'script', roles },
      });
    const made = await make(headers, ['examiner']);
    const successor = await make({ authorization: `Bearer ${made.json().token}` }, ['administrator']);
    expect(successor.json()).toMatchObject({ status: 403, code: 'session-needed' });
    expect(successor.json()).not.toHaveProperty('token');
  });

  it('takes a changing request by cookie only from its own origin', async () => {
    const signedIn = await session('office', password);
    const cookies = { kaoping_session: signedIn.json().token as string };
    const payload = { name: 'forged', displayName: 'x', password, roles: ['administrator'] };
    const from = (origin: string | undefined) =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/accounts',
        cookies,
        payload,
        headers: { host: 'exam.test', ...(origin && { origin }) },
      });
    expect((await from('http://evil.test')).statusCode).toBe(403);
    expect((await from('null')).statusCode).toBe(403);
    expect((await from(undefined)).statusCode).toBe(403);
    expect((await from('http://exam.test')).statusCode).toBe(201);
  });
});

describe('the first administrator', () => {
  it('is made once, however many processes start', async () => {
    const fresh = await openTestApp();
    try {
      const made = await Promise.all([1, 2, 3].map(() => firstAdministrator(fresh.database, password)));
      expect(made.filter((one) => one !== null)).toEqual([password]);
      expect(await firstAdministrator(fresh.database, password)).toBeNull();
    } finally {
      await fresh.close();
    }
  });
});
