import { asc, desc, gt, lt } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { auditEvent } from '../database/schema/audit.ts';
import { genesis, hashOf } from './audit.ts';
import { type AuditEvent, auditActorSchema } from './schema.ts';

type Row = typeof auditEvent.$inferSelect;

const fields = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;

const shown = (row: Row): AuditEvent => ({
  ...row,
  at: row.at.toISOString(),
  actor: auditActorSchema.parse(row.actor),
  subject: fields(row.subject),
  detail: fields(row.detail),
});

/** Lines of the log, newest first. */
export async function listEvents({ db }: Database, before: number | null, limit: number) {
  const rows = await db
    .select()
    .from(auditEvent)
    .where(before === null ? undefined : lt(auditEvent.seq, before))
    .orderBy(desc(auditEvent.seq))
    .limit(limit);
  return rows.map(shown);
}

/** What a check of the chain found. */
export type ChainCheck =
  | { intact: true; events: number; head: string }
  | { intact: false; seq: number; reason: 'changed' | 'missing' | 'unchained' | 'head-not-found' };

const batch = 1000;

/**
 * Reads the whole log and works out every hash again.
 *
 * The chain shows every change and every gap within it. It cannot know of lines cut off its end, or of a log that was
 * written anew from the start: against that a head that was noted elsewhere is given here and must still be in it.
 * @param head `hash` of a line that must be there
 */
export async function verifyChain({ db }: Database, head?: string): Promise<ChainCheck> {
  let events = 0;
  let previous = genesis;
  let headSeen = head === undefined;
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvent)
      .where(gt(auditEvent.seq, events))
      .orderBy(asc(auditEvent.seq))
      .limit(batch);
    for (const row of rows) {
      const seq = events + 1;
      if (row.seq !== seq) return { intact: false, seq, reason: 'missing' };
      if (row.previousHash !== previous) return { intact: false, seq, reason: 'unchained' };
      if (hashOf({ ...row, ...asWritten(row) }) !== row.hash)
        return { intact: false, seq, reason: 'changed' };
      previous = row.hash;
      events = seq;
      headSeen ||= row.hash === head;
    }
    if (rows.length < batch) break;
  }
  if (!headSeen) return { intact: false, seq: events, reason: 'head-not-found' };
  return { intact: true, events, head: previous };
}

/** Fields as they were hashed; nothing is validated, for a tampered line must be told, not thrown at. */
const asWritten = (row: Row) => ({
  at: row.at.toISOString(),
  actor: row.actor as AuditEvent['actor'],
  subject: fields(row.subject),
  detail: fields(row.detail),
});
