import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { listen, notify } from '../../src/database/notify.ts';
import { databases, type FreshDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

/** Collects messages and lets a test wait for a number of them. */
function mailbox() {
  const messages: unknown[] = [];
  let wake: () => void = () => undefined;
  return {
    messages,
    put(message: unknown) {
      messages.push(message);
      wake();
    },
    async holds(count: number) {
      while (messages.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return messages;
    },
  };
}

describe.each(databases())('notifications, $name', ({ createDatabase }) => {
  const log = memoryLog();
  let fresh: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    fresh = await createDatabase();
    database = openDatabase({ url: fresh.url, log });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  it('reach every listener of the channel, when and only if the transaction commits', async () => {
    const boxes = [mailbox(), mailbox()];
    const listeners = await Promise.all(
      boxes.map(({ put }) => listen({ url: fresh.url, channel: 'Progress', onMessage: put, log })),
    );
    await expect(
      database.transaction(async (tx) => {
        await notify(tx, 'Progress', { run: 'rolled back' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await notify(database.db, 'elsewhere', 1);
    await database.transaction((tx) => notify(tx, 'Progress', { run: 'run_1', 状态: '已评' }));
    for (const box of boxes) expect(await box.holds(1)).toEqual([{ run: 'run_1', 状态: '已评' }]);
    for (const listener of listeners) await listener.close();
  });

  it('come again after the connection was cut, and a listener that throws harms nobody', async () => {
    const box = mailbox();
    const again = mailbox();
    const listener = await listen({
      url: fresh.url,
      channel: 'progress',
      onMessage(message) {
        box.put(message);
        if (message === 'bad') throw new Error('cannot handle');
      },
      onReconnect: () => again.put('again'),
      log,
    });
    await notify(database.db, 'progress', 'bad');
    await box.holds(1);
    await database.db.execute(
      sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'kaoping-listen' AND datname = current_database()`,
    );
    await again.holds(1);
    await notify(database.db, 'progress', 'good');
    expect(await box.holds(2)).toEqual(['bad', 'good']);
    await listener.close();
    expect(log.lines.map((line) => line.message)).toContain('a notification could not be handled');
  });

  it('carry ids, not documents', async () => {
    await expect(notify(database.db, 'progress', 'x'.repeat(8000))).rejects.toThrow(RangeError);
    await notify(database.db, 'progress', 'x'.repeat(7990));
  });
});
