import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEvents, verifyChain } from '../../src/audit/log.ts';
import { examRoutes } from '../../src/exams/routes.ts';
import { type Account, ask, openRoom, person, type Room } from '../review/room.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { openStores, publishPaper, type Stores } from '../support/exam.ts';

let stores: Stores;
let room: Room;
let test: TestApp;
let office: Account;
beforeAll(async () => {
  stores = await openStores();
  test = await openTestApp((database) => [examRoutes({ database, manifests: stores.manifests })]);
  const opened = await openRoom();
  await opened.close();
  room = { ...opened, test, stores: { ...stores, database: test.database } };
  office = await person(room, 'administrator');
});
afterAll(async () => {
  await test?.close();
  await stores?.close();
});

it('whatever the office does is told once, with who did it and no secret', async () => {
  const version = await publishPaper(room.stores);
  const send = <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, payload: object | string) =>
    ask<T>(room, office, path, {
      method,
      payload,
      ...(typeof payload === 'string' && { headers: { 'content-type': 'text/csv' } }),
    });
  const secret = 'a very long secret password';
  const account = { name: 'new', displayName: '新', password: secret, roles: ['examiner'] };
  const { body: added } = await send<{ id: string }>('POST', '/accounts', account);
  await send('DELETE', `/accounts/${added.id}`, {});
  const { body: token } = await send<{ id: string; token: string }>('POST', '/tokens', {
    name: 'robot',
    roles: ['administrator'],
  });
  await send('DELETE', `/tokens/${token.id}`, {});
  const times = { startsAt: '2026-06-01T01:00:00Z', endsAt: '2026-06-01T02:00:00Z' };
  const { body: exam } = await send<{ id: string }>('POST', '/exams', {
    name: '期末',
    sessions: [{ name: '第一场', ...times }],
    versions: [version],
  });
  await send(
    'POST',
    `/exams/${exam.id}/candidates`,
    '准考证号,姓名,模块,试题,场次,考场,座位号,密码\n4301,甲,page,PAGE-9,第一场,1,1,135790\n',
  );
  await send('PUT', `/exams/${exam.id}/state`, { state: 'open' });
  const shown = await ask<{ sessions: { id: string }[] }>(room, office, `/exams/${exam.id}`);
  await send('PUT', `/exams/${exam.id}/sessions/${shown.body.sessions[0]?.id}`, {
    endsAt: '2026-06-01T03:00:00Z',
    graceSeconds: 60,
  });
  // Refused, so there is nothing to tell.
  await send('PUT', `/exams/${exam.id}/state`, { state: 'draft' });
  await send('POST', '/accounts', account);
  const events = (await listEvents(room.stores.database, null, 100)).reverse();
  const own = events.filter(({ actor }) => actor.id === office.id);
  expect(own.map(({ action }) => action)).toEqual([
    'account.add',
    'account.disable',
    'token.add',
    'token.revoke',
    'exam.create',
    'exam.candidates',
    'exam.state',
    'exam.session',
  ]);
  expect(events.filter(({ action }) => action.startsWith('rubric')).map(({ action }) => action)).toEqual([
    'rubric.import',
    'rubric.publish',
  ]);
  const text = JSON.stringify(events);
  for (const hidden of [secret, token.token, '135790', '$argon2id', 'kpa_'])
    expect(text).not.toContain(hidden);
  const changed = await ask(room, office, '/session/password', {
    method: 'PUT',
    payload: { present: 'a long password of nobody', next: `${secret}!` },
  });
  expect(changed.status).toBe(204);
  const [newest] = await listEvents(room.stores.database, null, 1);
  expect(newest).toMatchObject({ action: 'account.password', actor: { id: office.id } });
  expect(await verifyChain(room.stores.database)).toMatchObject({ intact: true });
});
