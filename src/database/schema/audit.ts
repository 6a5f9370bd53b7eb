import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment, sha256Hex } from './columns.ts';

/**
 * What was done, by whom, each line chained to the one before. Append-only: a trigger refuses UPDATE, DELETE and
 * TRUNCATE. `seq` is counted by the writer, not by a sequence: it has no gaps, so a line that is gone is seen to be gone.
 */
export const auditEvent = pgTable(
  'audit_event',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull(),
    actor: jsonb('actor').notNull(),
    action: text('action').notNull(),
    subject: jsonb('subject').notNull(),
    detail: jsonb('detail').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [sha256Hex('audit_event_hash', table.hash)],
);
