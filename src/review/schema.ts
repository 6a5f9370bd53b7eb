import { z } from 'zod';
import { breakdownItemSchema, breakdownSchema } from '../../rubrics/breakdown.ts';
import { moduleSchema } from '../../rubrics/paper-schema.ts';

export type { Breakdown, BreakdownCriterion, BreakdownItem, ItemState } from '../../rubrics/breakdown.ts';
export { itemState } from '../../rubrics/breakdown.ts';
export type { Evidence } from '../../rubrics/outcome.ts';

const instant = z.iso.datetime();
/** Points: a number with at most two decimals. */
const points = z.number();

/**
 * waiting: no examiner has marked anything; started: some items are marked, some open; doubt: a mark carries 疑问;
 * done: nothing is open for an examiner. Process marks are the invigilator's and change none of these.
 */
export const reviewStateSchema = z.enum(['waiting', 'started', 'done', 'doubt']);
export type ReviewState = z.infer<typeof reviewStateSchema>;

/** Who works on a submission just now. Only `next` and an explicit request take a lease; opening never does. */
export const leaseSchema = z.object({ mine: z.boolean(), until: instant });
export type Lease = z.infer<typeof leaseSchema>;

/** One submission in the marking room, under its blind number (卷号): identity never appears here. */
export const reviewLineSchema = z.object({
  candidateId: z.string(),
  attemptId: z.string(),
  blindNumber: z.number().int(),
  exam: z.string(),
  paper: z.string(),
  module: moduleSchema,
  state: reviewStateSchema,
  /** Items that wait for an examiner: to be confirmed, unknown, or the examiner's own. */
  itemsOpen: z.number().int(),
  /** Marks in force that carry 疑问. */
  doubts: z.number().int(),
  lease: leaseSchema.nullable(),
  settled: points,
  suggested: points,
  /** Null while anything is pending or unconfirmed, process marks included. */
  awarded: points.nullable(),
});
export type ReviewLine = z.infer<typeof reviewLineSchema>;

export const reviewFilterSchema = z.object({
  exam: z.string().optional(),
  paper: z.string().optional(),
  module: moduleSchema.optional(),
  state: reviewStateSchema.optional(),
  /** Only what I have leased or marked. */
  mine: z.stringbool().optional(),
});
export type ReviewFilter = z.infer<typeof reviewFilterSchema>;

export const nextSchema = z.object({
  exam: z.string().optional(),
  paper: z.string().optional(),
  module: moduleSchema.optional(),
  /** The candidate that is left: given back, and the search goes on behind it. */
  after: z.string().optional(),
});
export type NextWishes = z.infer<typeof nextSchema>;

/** Text that people type: no NUL (PostgreSQL keeps none), no half characters. */
const commentSchema = z
  .string()
  .max(2000)
  .overwrite((text) => text.toWellFormed().replaceAll('\0', ''));

/** A mark: what one human decided on one item. Marks are never changed, only followed by newer ones. */
export const markSchema = z.object({
  id: z.string(),
  item: z.string(),
  round: z.number().int(),
  revision: z.number().int(),
  kind: z.enum(['examiner', 'invigilator']),
  /** Null: taken back, the item is undecided again (or the machine's points stand again). */
  points: points.nullable(),
  /** 疑问: somebody else should look. */
  doubt: z.boolean(),
  comment: z.string(),
  /** Display name of who marked. */
  by: z.string(),
  mine: z.boolean(),
  at: instant,
  /**
   * Whether it decides the item. False once the item's rule or the work changed under it, or its value is no longer
   * allowed: the item is open again, and this mark stands beside it as what was decided before.
   */
  holds: z.boolean(),
});
export type Mark = z.infer<typeof markSchema>;

/** Values a human may give: multiples of `step` from 0 to `possible`, and what the machine proposed. */
export const allowedPointsSchema = z.object({ possible: points, step: points });
export type AllowedPoints = z.infer<typeof allowedPointsSchema>;

/** What the paper says of an item beyond the breakdown. */
export const reviewItemSchema = z.object({
  id: z.string(),
  allowed: allowedPointsSchema,
  /** What to look at, from the paper. */
  hint: z.string().nullable(),
  /** The newest mark, whether it holds or not. */
  mark: markSchema.nullable(),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

/** How a file can be shown: picture (the browser can), converted (fetch `picture/:position`), page (`render/:position`), text (`text/:position`), none. */
export const fileViewSchema = z.enum(['picture', 'converted', 'page', 'text', 'none']);
export type FileView = z.infer<typeof fileViewSchema>;

export const workFileSchema = z.object({
  /** Names the file in the routes below; stable for an attempt. */
  position: z.number().int(),
  /** As evidence names it. */
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  mime: z.string(),
  view: fileViewSchema,
});
export type WorkFile = z.infer<typeof workFileSchema>;

export const reviewMaterialSchema = z.object({
  path: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  mime: z.string(),
  view: fileViewSchema,
});
export type ReviewMaterial = z.infer<typeof reviewMaterialSchema>;

export const reviewSchema = reviewLineSchema.extend({
  attempt: z.number().int(),
  receivedAt: instant,
  paperTitle: z.string(),
  /** Markdown. */
  task: z.string(),
  rubricVersion: z.string(),
  /** With the marks merged in as `final`. */
  breakdown: breakdownSchema,
  items: z.array(reviewItemSchema),
  files: z.array(workFileSchema),
  materials: z.array(reviewMaterialSchema),
  /** What is wrong with the package, in Chinese; e.g. an archive that could be read only in part. */
  problems: z.array(z.object({ path: z.string(), code: z.string(), text: z.string() })),
});
export type Review = z.infer<typeof reviewSchema>;

export const putMarkSchema = z.object({
  points: points.nullable(),
  doubt: z.boolean().default(false),
  comment: commentSchema.default(''),
  /** Id of the newest mark that the marker saw on this item; null when there was none. */
  seen: z.string().nullable(),
});
export type PutMark = z.infer<typeof putMarkSchema>;

/** What a submission comes to after a mark: its line, and of the breakdown what changed. */
export const markedSchema = z.object({
  marks: z.array(markSchema),
  state: reviewStateSchema,
  itemsOpen: z.number().int(),
  doubts: z.number().int(),
  total: breakdownSchema.shape.total,
  criteria: z.array(z.object({ id: z.string(), settled: points, suggested: points })),
  /** Items whose points or state differ from before: the marked ones, and those that hang on them. */
  changed: z.array(breakdownItemSchema),
});
export type Marked = z.infer<typeof markedSchema>;

export const acceptSchema = z.object({
  /** The items as they were seen; every one must still be as seen, or nothing is accepted. */
  items: z
    .array(z.object({ item: z.string(), seen: z.string().nullable() }))
    .min(1)
    .max(200),
});
export type Accept = z.infer<typeof acceptSchema>;

/**
 * Body of 409 `changed-meanwhile`, beside the usual fields of a problem: the marks in force on the items that somebody
 * else marked since.
 */
export const changedMeanwhileSchema = z.object({
  code: z.literal('changed-meanwhile'),
  title: z.string(),
  /** The first of `conflicts`; null when the mark that was seen does not exist. */
  current: markSchema.nullable(),
  conflicts: z.array(z.object({ item: z.string(), current: markSchema.nullable() })),
});
export type ChangedMeanwhile = z.infer<typeof changedMeanwhileSchema>;

/** A file as text, e.g. for CodeMirror; lines are separated by \n, so line n of evidence is the n-th. */
export const fileTextSchema = z.object({
  path: z.string(),
  text: z.string(),
  lines: z.number().int(),
  /** What the bytes are, and what the file says they are. */
  encoding: z.string(),
  declared: z.string().nullable(),
  /** False: another reading was nearly as good. */
  certain: z.boolean(),
  /** The file goes on: only its beginning is here. */
  truncated: z.boolean(),
});
export type FileText = z.infer<typeof fileTextSchema>;

// ─── Process marks (过程考核), the invigilator's ───

export const processFilterSchema = z.object({ session: z.string().optional(), room: z.string().optional() });

export const processItemSchema = z.object({
  item: z.string(),
  text: z.string(),
  allowed: allowedPointsSchema,
  points: points.nullable(),
  comment: z.string(),
  /** Id of the newest mark; null when there is none. Send it as `seen`. */
  mark: z.string().nullable(),
  by: z.string().nullable(),
});
export type ProcessItem = z.infer<typeof processItemSchema>;

/** One seat of a room with the items that the invigilator decides. */
export const processLineSchema = z.object({
  candidateId: z.string(),
  ticket: z.string(),
  name: z.string(),
  session: z.string(),
  room: z.string(),
  seat: z.string(),
  paper: z.string(),
  items: z.array(processItemSchema),
});
export type ProcessLine = z.infer<typeof processLineSchema>;

export const putProcessSchema = putMarkSchema.omit({ doubt: true });
export type PutProcess = z.infer<typeof putProcessSchema>;

/** What an import does, or with `dryRun` would do. */
export const processImportedSchema = z.object({
  candidates: z.number().int(),
  /** Marks that are new or other than before. */
  marks: z.number().int(),
  /** Marks that say what stood there already; nothing is recorded for them. */
  unchanged: z.number().int(),
  /** Marks that would follow a different one; the first 200. */
  replaced: z.array(z.object({ ticket: z.string(), item: z.string(), from: points.nullable(), to: points })),
  dryRun: z.boolean(),
});
export type ProcessImported = z.infer<typeof processImportedSchema>;
