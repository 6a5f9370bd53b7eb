import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { databases, type FreshDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

describe.each(databases())('the database, $name', ({ createDatabase }) => {
  const log = memoryLog();
  let fresh: FreshDatabase;
  let database: Database;
  beforeAll(async () => {
    fresh = await createDatabase();
    database = openDatabase({ url: fresh.url, poolSize: 4, log });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  it('answers and flushes what is committed', async () => {
    await database.ping();
    expect(await database.flushes()).toBe(true);
  });

  it('outlives connections that are cut, idle or in use, and logs them', async () => {
    await expect(
      database.db.transaction((tx) => tx.execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`)),
    ).rejects.toThrow();
    await expect(
      database.transaction(async (tx) => {
        const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
        await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
        await tx.execute(sql`SELECT 1`);
      }),
    ).rejects.toThrow();
    await database.ping();
    expect(log.lines.map((line) => line.message)).toContain('a database connection was lost');
  });
});
