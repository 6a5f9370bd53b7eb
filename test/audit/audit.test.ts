import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commandOf, genesis, record } from '../../src/audit/audit.ts';
import { listEvents, verifyChain } from '../../src/audit/log.ts';
import { type Database, openDatabase, sqlState } from '../../src/database/database.ts';
import { databases, type FreshDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

describe.each(databases())('the audit log, $name', ({ createDatabase }) => {
  let fresh: FreshDatabase;
  let database: Database;
  const open = async () => {
    fresh = await createDatabase();
    database = openDatabase({ url: fresh.url, log: memoryLog() });
  };
  const close = async () => {
    await database.close();
    await fresh.drop();
  };
  /** Changes history as somebody with the keys to the database could. */
  const tamper = async (statement: string) => {
    await database.pool.query('alter table audit_event disable trigger user');
    await database.pool.query(statement);
    await database.pool.query('alter table audit_event enable trigger user');
  };
  const write = (count: number) =>
    database.transaction((tx) =>
      record(
        tx,
        commandOf('test'),
        ...Array.from({ length: count }, (_, index) => ({
          action: 'exam.state' as const,
          subject: { exam: `exam_${index}`, nothing: undefined },
          detail: { points: 1.5, text: '卷号', list: [1, null, { b: 1, a: 2 }] },
        })),
      ),
    );
  beforeAll(open);
  afterAll(close);
  beforeEach(async () => {
    await close();
    await open();
  });

  it('is unbroken however it is written: alone, many at once, in one transaction', async () => {
    expect(await verifyChain(database)).toEqual({ intact: true, events: 0, head: genesis });
    await write(3);
    await Promise.all(Array.from({ length: 20 }, () => write(2)));
    expect(await verifyChain(database)).toMatchObject({ intact: true, events: 43 });
    const [newest] = await listEvents(database, null, 1);
    expect(newest).toMatchObject({ seq: 43, actor: { kind: 'command', name: 'test' } });
  });

  it('is there only when what it tells is there', async () => {
    const failing = database.transaction(async (tx) => {
      await record(tx, commandOf('test'), { action: 'exam.create', subject: {} });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await write(1);
    expect(await verifyChain(database)).toMatchObject({ intact: true, events: 1 });
  });

  it.each([
    ['a changed line', `update audit_event set detail = '{"points": 2}' where seq = 3`, 3, 'changed'],
    ['another moment', `update audit_event set at = at + interval '1 ms' where seq = 2`, 2, 'changed'],
    [
      'another actor',
      `update audit_event set actor = jsonb_set(actor, '{name}', '"x"') where seq = 1`,
      1,
      'changed',
    ],
    ['a line that is gone', 'delete from audit_event where seq = 2', 2, 'missing'],
    ['a beginning that is gone', 'delete from audit_event where seq <= 2', 1, 'missing'],
    [
      'a line put in its place',
      `update audit_event set previous_hash = repeat('a', 64) where seq = 4`,
      4,
      'unchained',
    ],
  ])('shows %s', async (_name, statement, seq, reason) => {
    await write(5);
    await tamper(statement);
    expect(await verifyChain(database)).toEqual({ intact: false, seq, reason });
  });

  it('whose end was cut off lacks a head that was noted', async () => {
    await write(4);
    const noted = await verifyChain(database);
    if (!noted.intact) throw new Error('broken');
    await write(1);
    expect(await verifyChain(database, noted.head)).toMatchObject({ intact: true, events: 5 });
    await tamper('delete from audit_event where seq >= 4');
    expect(await verifyChain(database)).toMatchObject({ intact: true, events: 3 });
    expect(await verifyChain(database, noted.head)).toEqual({
      intact: false,
      seq: 3,
      reason: 'head-not-found',
    });
  });

  it('refuses update, delete and truncate', async () => {
    await write(1);
    for (const statement of [
      `update audit_event set action = 'x'`,
      'delete from audit_event',
      'truncate audit_event',
    ]) {
      const failure = await database.pool.query(statement).then(() => null, sqlState);
      expect(failure).toBe('23001');
    }
  });
});
