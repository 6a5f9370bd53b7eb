import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { byteCount, createdAt, moment, oneOf, sha256Hex } from './columns.ts';
import { candidate } from './exams.ts';

export const attemptStates = ['receiving', 'complete', 'aborted'] as const;
export type AttemptState = (typeof attemptStates)[number];

/** What ticket and PIN were exchanged for; only the hash of the token is kept. */
export const candidateToken = pgTable(
  'candidate_token',
  {
    tokenHash: text('token_hash').primaryKey(),
    candidateId: text('candidate_id')
      .notNull()
      .references(() => candidate.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('candidate_token_candidate').on(table.candidateId)],
);

/** One hand-in (作品) of a candidate. Every attempt is kept; at most one of a candidate's counts. */
export const attempt = pgTable(
  'attempt',
  {
    id: text('id').primaryKey(),
    candidateId: text('candidate_id').notNull(),
    examId: text('exam_id').notNull(),
    /** Counts a candidate's attempts from 1. */
    number: integer('number').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    state: text('state', { enum: attemptStates }).notNull().default('receiving'),
    firstRequestAt: moment('first_request_at').notNull(),
    completedAt: moment('completed_at'),
    /** Room and seat as the terminal claimed them. */
    room: text('room'),
    seat: text('seat'),
    bytes: byteCount('bytes').notNull().default(0),
    manifestSha256: text('manifest_sha256'),
    receipt: jsonb('receipt'),
    problems: jsonb('problems').notNull().default(sql`'[]'::jsonb`),
    requiredFilled: integer('required_filled'),
    requiredTotal: integer('required_total'),
    counts: boolean('counts').notNull().default(false),
  },
  (table) => [
    unique('attempt_number').on(table.candidateId, table.number),
    unique('attempt_idempotency_key').on(table.candidateId, table.idempotencyKey),
    foreignKey({
      name: 'attempt_candidate',
      columns: [table.candidateId, table.examId],
      foreignColumns: [candidate.id, candidate.examId],
    }),
    index('attempt_by_exam').on(table.examId, table.state),
    index('attempt_complete').on(table.completedAt).where(sql`${table.state} = 'complete'`),
    oneOf('attempt_state', table.state, attemptStates),
    check(
      'attempt_complete_has_manifest',
      sql`${table.state} <> 'complete' or (${table.completedAt} is not null and ${table.manifestSha256} is not null)`,
    ),
    check('attempt_counts_when_complete', sql`not ${table.counts} or ${table.state} = 'complete'`),
  ],
);

/** A file of an attempt as it arrived; the bytes are in the blob store. */
export const attemptFile = pgTable(
  'attempt_file',
  {
    attemptId: text('attempt_id')
      .notNull()
      .references(() => attempt.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    bytes: byteCount('bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** The order of arrival, from 0. */
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ name: 'attempt_file_pk', columns: [table.attemptId, table.path] }),
    unique('attempt_file_position').on(table.attemptId, table.position),
    index('attempt_file_sha256').on(table.sha256),
    sha256Hex('attempt_file_sha256_hex', table.sha256),
  ],
);

/** A resumable upload on its way; it becomes a file of an attempt when complete. */
export const upload = pgTable(
  'upload',
  {
    id: text('id').primaryKey(),
    candidateId: text('candidate_id')
      .notNull()
      .references(() => candidate.id, { onDelete: 'cascade' }),
    attemptId: text('attempt_id').references(() => attempt.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['tus'] })
      .notNull()
      .default('tus'),
    path: text('path').notNull(),
    declaredSha256: text('declared_sha256').notNull(),
    /** Declared size in bytes. */
    length: byteCount('length').notNull(),
    /** Bytes that arrived so far. */
    offset: byteCount('offset').notNull().default(0),
    createdAt: createdAt(),
    completedAt: moment('completed_at'),
    /** Where the bytes wait, as the upload's store names it. */
    location: text('location'),
  },
  (table) => [
    index('upload_by_candidate').on(table.candidateId),
    index('upload_by_attempt').on(table.attemptId),
    sha256Hex('upload_sha256_hex', table.declaredSha256),
    check('upload_offset', sql`${table.offset} between 0 and ${table.length}`),
  ],
);
