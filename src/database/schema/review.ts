import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, numeric, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { account } from './access.ts';
import { createdAt, moment, oneOf, sha256Hex } from './columns.ts';
import { candidate } from './exams.ts';
import { gradingResult } from './grading.ts';
import { attempt } from './intake.ts';
import { rubricVersion } from './rubrics.ts';

export const markKinds = ['examiner', 'invigilator'] as const;
export type MarkKind = (typeof markKinds)[number];

export const reviewStates = ['waiting', 'started', 'done', 'doubt'] as const;

const points = (name: string) => numeric(name, { precision: 8, scale: 2, mode: 'number' });

/**
 * What one human decided on one item (评分点) of one candidate's work. Append-only: a trigger refuses UPDATE, DELETE and
 * TRUNCATE; a change of mind is the next revision. Of a candidate, item and round the highest revision is in force.
 */
export const mark = pgTable(
  'mark',
  {
    id: text('id').primaryKey(),
    candidateId: text('candidate_id')
      .notNull()
      .references(() => candidate.id),
    itemId: text('item_id').notNull(),
    /** The marking that it belongs to; a second marker's round is 2. */
    round: integer('round').notNull().default(1),
    /** Counts the marks of a candidate, item and round from 1, without gaps. */
    revision: integer('revision').notNull(),
    marker: text('marker')
      .notNull()
      .references(() => account.id),
    kind: text('kind', { enum: markKinds }).notNull(),
    /** The work that was marked; null for what an invigilator saw at the seat. */
    attemptId: text('attempt_id').references(() => attempt.id),
    /** Null: taken back, undecided again. */
    points: points('points'),
    doubt: boolean('doubt').notNull().default(false),
    comment: text('comment').notNull().default(''),
    rubricVersion: text('rubric_version')
      .notNull()
      .references(() => rubricVersion.id),
    /** What the item asked when it was marked, and what was found: while both are the same, the mark holds. */
    ruleDigest: text('rule_digest').notNull(),
    evidenceDigest: text('evidence_digest').notNull(),
    /** The revision before; a foreign key too, judged at commit, so that rows can be restored in any order. */
    previousMarkId: text('previous_mark_id'),
    createdAt: createdAt(),
  },
  (table) => [
    unique('mark_revision').on(table.candidateId, table.itemId, table.round, table.revision),
    index('mark_marker').on(table.marker),
    index('mark_attempt').on(table.attemptId),
    oneOf('mark_kind', table.kind, markKinds),
    check('mark_counts', sql`${table.round} >= 1 and ${table.revision} >= 1`),
    check('mark_points', sql`${table.points} >= 0`),
    check('mark_chain', sql`(${table.revision} = 1) = (${table.previousMarkId} is null)`),
    check('mark_of_work', sql`${table.kind} = 'invigilator' or ${table.attemptId} is not null`),
    sha256Hex('mark_rule_digest_hex', table.ruleDigest),
    sha256Hex('mark_evidence_digest_hex', table.evidenceDigest),
  ],
);

/** Who works on a submission just now; gone when given back, void when it has expired. */
export const lease = pgTable(
  'lease',
  {
    candidateId: text('candidate_id')
      .primaryKey()
      .references(() => candidate.id, { onDelete: 'cascade' }),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    takenAt: moment('taken_at').notNull().defaultNow(),
    renewedAt: moment('renewed_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('lease_account').on(table.accountId)],
);

/**
 * What a result and the marks on it come to, so that lists need not add up breakdowns. Derived: it is written with each
 * mark, holds only for the result it names, and is worked out anew wherever it is missing.
 */
export const reviewStanding = pgTable(
  'review_standing',
  {
    candidateId: text('candidate_id')
      .primaryKey()
      .references(() => candidate.id, { onDelete: 'cascade' }),
    resultId: text('result_id')
      .notNull()
      .references(() => gradingResult.id),
    state: text('state', { enum: reviewStates }).notNull(),
    itemsOpen: integer('items_open').notNull(),
    doubts: integer('doubts').notNull(),
    /** Items and their possible points that wait for an examiner, and for the invigilator. */
    reviewOpen: points('review_open').notNull(),
    processItems: integer('process_items').notNull(),
    processOpen: points('process_open').notNull(),
    possible: points('possible').notNull(),
    settled: points('settled').notNull(),
    suggested: points('suggested').notNull(),
    awarded: points('awarded'),
  },
  (table) => [
    index('review_standing_result').on(table.resultId),
    oneOf('review_standing_state', table.state, reviewStates),
  ],
);
