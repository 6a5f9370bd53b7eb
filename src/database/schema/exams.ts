import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdAt, moment, oneOf } from './columns.ts';
import { rubricVersion } from './rubrics.ts';

export const examStates = ['draft', 'open', 'closed'] as const;
export type ExamState = (typeof examStates)[number];

/** 考试 */
export const exam = pgTable(
  'exam',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    state: text('state', { enum: examStates }).notNull().default('draft'),
    createdAt: createdAt(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [oneOf('exam_state', table.state, examStates)],
);

/** 试题: the one rubric version that an exam uses for a paper. */
export const examPaper = pgTable(
  'exam_paper',
  {
    examId: text('exam_id')
      .notNull()
      .references(() => exam.id, { onDelete: 'cascade' }),
    paperId: text('paper_id').notNull(),
    versionId: text('version_id').notNull(),
  },
  (table) => [
    primaryKey({ name: 'exam_paper_pk', columns: [table.examId, table.paperId] }),
    foreignKey({
      name: 'exam_paper_version',
      columns: [table.versionId, table.paperId],
      foreignColumns: [rubricVersion.id, rubricVersion.paperId],
    }),
    index('exam_paper_version_id').on(table.versionId),
  ],
);

/** 场次: when a group of candidates sits the exam. */
export const examSession = pgTable(
  'exam_session',
  {
    id: text('id').primaryKey(),
    examId: text('exam_id')
      .notNull()
      .references(() => exam.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    /** How long after the end a first request still counts, in seconds. */
    graceSeconds: integer('grace_seconds').notNull().default(0),
  },
  (table) => [
    unique('exam_session_name').on(table.examId, table.name),
    unique('exam_session_id_exam').on(table.id, table.examId),
    check('exam_session_ends_after_start', sql`${table.endsAt} > ${table.startsAt}`),
    check('exam_session_grace', sql`${table.graceSeconds} >= 0`),
  ],
);

/** 考生: one person in one exam, with the paper that was drawn and the place to sit. */
export const candidate = pgTable(
  'candidate',
  {
    id: text('id').primaryKey(),
    examId: text('exam_id')
      .notNull()
      .references(() => exam.id, { onDelete: 'cascade' }),
    sessionId: text('session_id').notNull(),
    /** 准考证号 */
    ticket: text('ticket').notNull(),
    name: text('name').notNull(),
    module: text('module').notNull(),
    paperId: text('paper_id').notNull(),
    room: text('room').notNull(),
    seat: text('seat').notNull(),
    pinHash: text('pin_hash').notNull(),
    /** 卷号: drawn at random, the only number an examiner sees. */
    blindNumber: integer('blind_number').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique('candidate_ticket').on(table.examId, table.ticket),
    unique('candidate_blind_number').on(table.examId, table.blindNumber),
    unique('candidate_id_exam').on(table.id, table.examId),
    foreignKey({
      name: 'candidate_session',
      columns: [table.sessionId, table.examId],
      foreignColumns: [examSession.id, examSession.examId],
    }),
    foreignKey({
      name: 'candidate_paper',
      columns: [table.examId, table.paperId],
      foreignColumns: [examPaper.examId, examPaper.paperId],
    }),
    index('candidate_by_ticket').on(table.ticket),
    index('candidate_by_session').on(table.sessionId, table.room, table.seat),
  ],
);
