import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, jsonb, numeric, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, moment, oneOf } from './columns.ts';
import { attempt } from './intake.ts';
import { rubricVersion } from './rubrics.ts';

/** `attention`: no result could be had; `reason_code` and `reason_text` say why. */
export const runStates = ['queued', 'grading', 'graded', 'attention'] as const;
export type RunState = (typeof runStates)[number];

/** Points: two decimals, exact (an item's points are rounded to 0.01 once, totals are sums). */
const points = (name: string) => numeric(name, { precision: 8, scale: 2, mode: 'number' });

/** The work of grading one attempt by one rubric version with one version of the graders. */
export const gradingRun = pgTable(
  'grading_run',
  {
    id: text('id').primaryKey(),
    attemptId: text('attempt_id')
      .notNull()
      .references(() => attempt.id),
    rubricVersion: text('rubric_version')
      .notNull()
      .references(() => rubricVersion.id),
    graderVersion: text('grader_version').notNull(),
    state: text('state', { enum: runStates }).notNull().default('queued'),
    reasonCode: text('reason_code'),
    reasonText: text('reason_text'),
    enqueuedAt: moment('enqueued_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    tries: integer('tries').notNull().default(0),
  },
  (table) => [
    unique('grading_run_once').on(table.attemptId, table.rubricVersion, table.graderVersion),
    unique('grading_run_identity').on(table.id, table.attemptId, table.rubricVersion, table.graderVersion),
    index('grading_run_open').on(table.state, table.enqueuedAt).where(sql`${table.state} <> 'graded'`),
    index('grading_run_rubric').on(table.rubricVersion),
    oneOf('grading_run_state', table.state, runStates),
  ],
);

/** What a run found. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE. */
export const gradingResult = pgTable(
  'grading_result',
  {
    id: text('id').primaryKey(),
    runId: text('run_id').notNull(),
    attemptId: text('attempt_id')
      .notNull()
      .references(() => attempt.id),
    rubricVersion: text('rubric_version')
      .notNull()
      .references(() => rubricVersion.id),
    graderVersion: text('grader_version').notNull(),
    breakdown: jsonb('breakdown').notNull(),
    factsDigest: text('facts_digest').notNull(),
    settled: points('settled').notNull(),
    suggested: points('suggested').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('grading_result_once').on(table.attemptId, table.rubricVersion, table.graderVersion),
    index('grading_result_rubric').on(table.rubricVersion),
    index('grading_result_run').on(table.runId),
    foreignKey({
      name: 'grading_result_of_its_run',
      columns: [table.runId, table.attemptId, table.rubricVersion, table.graderVersion],
      foreignColumns: [
        gradingRun.id,
        gradingRun.attemptId,
        gradingRun.rubricVersion,
        gradingRun.graderVersion,
      ],
    }),
  ],
);

/** Facts measured once. The key names everything that was read; losing the table costs time, nothing else. */
export const factCache = pgTable(
  'fact_cache',
  {
    key: text('key').primaryKey(),
    collector: text('collector').notNull(),
    version: text('version').notNull(),
    value: jsonb('value').notNull(),
    createdAt: createdAt(),
  },
  (table) => [index('fact_cache_collector').on(table.collector, table.version)],
);
