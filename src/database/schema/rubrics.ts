import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { byteCount, createdAt, moment, oneOf, sha256Hex } from './columns.ts';

/** A draft may be thrown away; a published version is fixed for ever (a trigger holds that). */
export const rubricStates = ['draft', 'published'] as const;
export type RubricState = (typeof rubricStates)[number];

/** One version of one paper's rubric, identified by the hash of paper, keys, task text and material bytes. */
export const rubricVersion = pgTable(
  'rubric_version',
  {
    id: text('id').primaryKey(),
    paperId: text('paper_id').notNull(),
    title: text('title').notNull(),
    module: text('module').notNull(),
    state: text('state', { enum: rubricStates }).notNull().default('draft'),
    /** Counts a paper's published versions from 1; given when published. */
    number: integer('number'),
    /** The expanded paper with its keys. */
    content: jsonb('content').notNull(),
    taskText: text('task_text').notNull(),
    author: text('author').notNull(),
    reason: text('reason').notNull(),
    createdAt: createdAt(),
    publishedAt: moment('published_at'),
  },
  (table) => [
    unique('rubric_version_paper_number').on(table.paperId, table.number),
    unique('rubric_version_id_paper').on(table.id, table.paperId),
    oneOf('rubric_version_state', table.state, rubricStates),
    check(
      'rubric_version_published_is_numbered',
      sql`(${table.state} = 'published') = (${table.number} is not null and ${table.publishedAt} is not null)`,
    ),
  ],
);

/** A file of the 素材 that belongs to a version; the bytes are in the blob store. */
export const rubricMaterial = pgTable(
  'rubric_material',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => rubricVersion.id, { onDelete: 'cascade' }),
    path: text('path').notNull(),
    sha256: text('sha256').notNull(),
    bytes: byteCount('bytes').notNull(),
  },
  (table) => [
    primaryKey({ name: 'rubric_material_pk', columns: [table.versionId, table.path] }),
    index('rubric_material_sha256').on(table.sha256),
    sha256Hex('rubric_material_sha256_hex', table.sha256),
  ],
);
