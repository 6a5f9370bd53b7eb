import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { kaoping, kaopingJson, newInstallation, type Settings } from '../bin/program.ts';
import { type FreshDatabase, freshDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

let fresh: FreshDatabase;
let database: Database;
let settings: Settings;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url, log: memoryLog() });
  settings = await newInstallation({ DATABASE_URL: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

it('kaoping audit verify: 0 while the log is whole, 1 with the first line that was changed', async () => {
  for (const name of ['wang', 'li', 'zhao'])
    await kaopingJson(settings, 'user', 'add', name, '--roles', 'examiner', '--token');
  const whole = await kaopingJson<{ intact: boolean; events: number; head: string }>(
    settings,
    'audit',
    'verify',
  );
  expect(whole).toMatchObject({ intact: true, events: 6 });
  const said = await kaoping(settings, 'audit', 'verify', '--head', whole.head);
  expect([said.code, said.stdout]).toEqual([0, `6 lines, unbroken; head ${whole.head}\n`]);
  await database.pool.query('alter table audit_event disable trigger user');
  await database.pool.query(`update audit_event set detail = detail || '{"name": "wu"}' where seq = 3`);
  const broken = await kaoping(settings, 'audit', 'verify');
  expect(broken.code).toBe(1);
  expect(broken.stdout).toBe('line 3: its hash does not fit its content: it was changed\n');
});
