import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, isDuplicate, openDatabase, sqlState } from '../../src/database/database.ts';
import { newId } from '../../src/database/id.ts';
import {
  account,
  attempt,
  candidate,
  exam,
  examPaper,
  examSession,
  gradingResult,
  gradingRun,
  rubricMaterial,
  rubricVersion,
} from '../../src/database/schema/index.ts';
import { databases, type FreshDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';

const RESTRICT_VIOLATION = '23001';
const CHECK_VIOLATION = '23514';
const FOREIGN_KEY_VIOLATION = '23503';
const EXCLUSION_VIOLATION = '23P01';

/** The SQLSTATE that the work fails with; `none` if it does not fail. */
const failure = (work: PromiseLike<unknown>): Promise<string | undefined> =>
  Promise.resolve(work).then(
    () => 'none',
    (error: unknown) => sqlState(error),
  );

describe.each(databases())('the tables, $name', ({ createDatabase }) => {
  let fresh: FreshDatabase;
  let database: Database;
  let position = 0;
  beforeAll(async () => {
    fresh = await createDatabase();
    database = openDatabase({ url: fresh.url, poolSize: 4, log: memoryLog() });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const insertVersion = async (state: 'draft' | 'published' = 'draft') => {
    position += 1;
    const id = `hash${position}`;
    const published = state === 'published' ? { state, number: position, publishedAt: new Date() } : {};
    await database.db.insert(rubricVersion).values({
      id,
      paperId: 'PAGE-1',
      title: '网页制作',
      module: 'page',
      content: { items: [] },
      taskText: '任务',
      author: 'test',
      reason: 'test',
      ...published,
    });
    return id;
  };

  /** An exam with one session, one paper and one candidate. */
  const insertCandidate = async () => {
    const versionId = await insertVersion('published');
    const [examId, sessionId, id] = [newId('exam'), newId('ses'), newId('can')];
    await database.db.insert(exam).values({ id: examId, name: '期末', createdBy: 'test' });
    await database.db.insert(examPaper).values({ examId, paperId: 'PAGE-1', versionId });
    await database.db
      .insert(examSession)
      .values({ id: sessionId, examId, name: '第一场', startsAt: new Date(0), endsAt: new Date(3_600_000) });
    const row = {
      id,
      examId,
      sessionId,
      ticket: '20260001',
      name: '王小明',
      module: 'page',
      paperId: 'PAGE-1',
      room: '101',
      seat: '1',
      pinHash: 'hash',
      blindNumber: 7,
    };
    await database.db.insert(candidate).values(row);
    return { ...row, versionId };
  };

  const insertAttempt = async (of: { id: string; examId: string }, number: number, counts = false) => {
    const id = newId('att');
    await database.db.insert(attempt).values({
      id,
      candidateId: of.id,
      examId: of.examId,
      number,
      idempotencyKey: `key ${number}`,
      state: 'complete',
      firstRequestAt: new Date(),
      completedAt: new Date(),
      manifestSha256: 'a'.repeat(64),
      counts,
    });
    return id;
  };

  const insertResult = async () => {
    const { id, examId, versionId } = await insertCandidate();
    const attemptId = await insertAttempt({ id, examId }, 1);
    const run = { id: newId('run'), attemptId, rubricVersion: versionId, graderVersion: '1' };
    await database.db.insert(gradingRun).values(run);
    const result = {
      ...run,
      id: newId('res'),
      runId: run.id,
      breakdown: { total: { settled: 61.25 } },
      factsDigest: 'digest',
      settled: 61.25,
      suggested: 0.1,
    };
    await database.db.insert(gradingResult).values(result);
    return result;
  };

  it('keep a result as it was recorded: no update, no delete, no truncate, no second one', async () => {
    const result = await insertResult();
    const { db } = database;
    const own = eq(gradingResult.id, result.id);
    expect(await failure(db.update(gradingResult).set({ settled: 100 }).where(own))).toBe(RESTRICT_VIOLATION);
    expect(await failure(db.delete(gradingResult).where(own))).toBe(RESTRICT_VIOLATION);
    expect(await failure(db.execute(sql`TRUNCATE grading_result CASCADE`))).toBe(RESTRICT_VIOLATION);
    const again = db.insert(gradingResult).values({ ...result, id: newId('res') });
    await expect(again).rejects.toSatisfy((error) => isDuplicate(error, 'grading_result_once'));
    const [kept] = await db.select().from(gradingResult).where(own);
    expect(kept).toMatchObject({ settled: 61.25, suggested: 0.1, breakdown: result.breakdown });
  });

  it('keep a published rubric as it is; a draft may change, be published and go', async () => {
    const { db } = database;
    const [draft, published] = [await insertVersion(), await insertVersion('published')];
    const material = { path: '素材/01.jpg', sha256: 'b'.repeat(64), bytes: 5 };
    await db.insert(rubricMaterial).values([
      { versionId: draft, ...material },
      { versionId: published, ...material },
    ]);
    const own = eq(rubricVersion.id, published);
    expect(await failure(db.update(rubricVersion).set({ title: '改' }).where(own))).toBe(RESTRICT_VIOLATION);
    expect(await failure(db.delete(rubricVersion).where(own))).toBe(RESTRICT_VIOLATION);
    const ofPublished = eq(rubricMaterial.versionId, published);
    expect(await failure(db.delete(rubricMaterial).where(ofPublished))).toBe(RESTRICT_VIOLATION);
    await db.update(rubricVersion).set({ title: '改' }).where(eq(rubricVersion.id, draft));
    await db.delete(rubricVersion).where(eq(rubricVersion.id, draft));
    expect(await db.select().from(rubricMaterial).where(eq(rubricMaterial.versionId, draft))).toEqual([]);
    const unnumbered = db
      .update(rubricVersion)
      .set({ state: 'published' })
      .where(eq(rubricVersion.id, await insertVersion()));
    expect(await failure(unnumbered)).toBe(CHECK_VIOLATION);
  });

  it('let one attempt of a candidate count, and move the mark within a transaction', async () => {
    const person = await insertCandidate();
    const first = await insertAttempt(person, 1, true);
    const second = await insertAttempt(person, 2);
    const count = (id: string, counts: boolean) =>
      sql`UPDATE attempt SET counts = ${counts} WHERE id = ${id}`;
    expect(await failure(database.db.execute(count(second, true)))).toBe(EXCLUSION_VIOLATION);
    await database.transaction(async (tx) => {
      await tx.execute(count(second, true));
      await tx.execute(count(first, false));
    });
    await database.db.execute(
      sql`UPDATE attempt SET counts = (id = ${first}) WHERE candidate_id = ${person.id}`,
    );
  });

  it('tie a candidate to sessions and papers of the own exam, and a number and key to one attempt', async () => {
    const [one, two] = [await insertCandidate(), await insertCandidate()];
    const stranger = { ...one, id: newId('can'), ticket: '2', blindNumber: 8, sessionId: two.sessionId };
    expect(await failure(database.db.insert(candidate).values(stranger))).toBe(FOREIGN_KEY_VIOLATION);
    await insertAttempt(one, 1);
    await expect(insertAttempt(one, 1)).rejects.toSatisfy((error) => isDuplicate(error));
    await insertAttempt(two, 1);
  });

  it('know three roles, and give back times, numbers and lists as they were', async () => {
    const row = {
      id: newId('acc'),
      name: 'admin',
      displayName: '考务',
      passwordHash: 'hash',
      roles: ['administrator' as const, 'examiner' as const],
      createdAt: new Date('2026-06-01T08:00:00.123Z'),
    };
    await database.db.insert(account).values(row);
    const [found] = await database.db.select().from(account).where(eq(account.id, row.id));
    expect(found).toMatchObject(row);
    const wrong = sql`UPDATE account SET roles = '{king}' WHERE id = ${row.id}`;
    expect(await failure(database.db.execute(wrong))).toBe(CHECK_VIOLATION);
  });

  it('run work again that collided with another transaction', async () => {
    const { db } = database;
    await db.execute(sql`CREATE TABLE counter AS SELECT 0 AS value`);
    const increment = () =>
      database.transaction(
        async (tx) => {
          const { rows } = await tx.execute<{ value: number }>(sql`SELECT value FROM counter`);
          await tx.execute(sql`UPDATE counter SET value = ${(rows[0]?.value ?? 0) + 1}`);
        },
        { isolationLevel: 'serializable' },
      );
    await Promise.all([increment(), increment(), increment()]);
    expect((await db.execute(sql`SELECT value FROM counter`)).rows).toEqual([{ value: 3 }]);
  });
});
