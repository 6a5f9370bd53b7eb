import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandOf, record } from '../../src/audit/audit.ts';
import { verifyChain } from '../../src/audit/log.ts';
import { openDatabase } from '../../src/database/database.ts';
import { loadSnapshot, readSnapshot } from '../../src/database/snapshot.ts';
import { freshDatabase } from '../support/backends.ts';
import { memoryLog } from '../support/log.ts';
import { gradedExam, mark, open, openRoom, person, pick, type Room } from './room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room?.close());

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

it('marks with their history and the audit log come back from a backup, and go on from there', async () => {
  const exam = await gradedExam(room, 'PAGE-1', ['page-1-slips']);
  const candidate = exam.candidates[0]?.id ?? '';
  const who = await person(room, 'examiner');
  const { breakdown } = await open(room, who, candidate);
  const item = pick(breakdown, ({ by }) => by === 'examiner');
  let seen: string | null = null;
  for (const points of [0, null, 0.5, 0]) {
    const { body } = await mark(room, who, candidate, item.id, { points, seen });
    seen = body.marks[0]?.id ?? null;
  }
  const saved: { table: string; rows: AsyncIterable<string> }[] = [];
  await readSnapshot(room.stores.database, async (table, rows) => {
    const kept = await Array.fromAsync(rows);
    // A table's rows may be anywhere on its pages: the newest first is the worst that can happen.
    saved.push({ table, rows: each(kept.reverse()) });
  });
  const fresh = await freshDatabase();
  const database = openDatabase({ url: fresh.url, log: memoryLog() });
  try {
    await loadSnapshot(database, saved);
    const count = `select count(*)::int as marks from mark where candidate_id = $1`;
    expect((await database.pool.query(count, [candidate])).rows).toEqual([{ marks: 4 }]);
    const before = await verifyChain(database);
    expect(before).toEqual(await verifyChain(room.stores.database));
    await database.transaction((tx) => record(tx, commandOf('test'), { action: 'exam.state', subject: {} }));
    expect(await verifyChain(database)).toMatchObject({
      intact: true,
      events: (before.intact ? before.events : 0) + 1,
    });
  } finally {
    await database.close();
    await fresh.drop();
  }
});
