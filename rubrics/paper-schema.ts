import { z } from 'zod';
import { decidedBySchema } from './breakdown.ts';
import { exactSchema } from './outcome.ts';

/** The five modules that candidates draw; 客服 holds two parts of the standard (presale, aftersale). */
export const moduleSchema = z.enum(['service', 'page', 'shop', 'ops', 'mkt']);
export type Module = z.infer<typeof moduleSchema>;

/** The six parts of the standard; a criterion id is `<part>-<number>`. */
export const partSchema = z.enum(['presale', 'aftersale', 'page', 'shop', 'ops', 'mkt']);
export type Part = z.infer<typeof partSchema>;

/** What a slot may hold. A collector knows how to read each kind. */
export const slotKindSchema = z.enum([
  'image',
  'page',
  'style',
  'script',
  'document',
  'sheet',
  'mail',
  'psd',
]);
export type SlotKind = z.infer<typeof slotKindSchema>;

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens');

/** One file the task asks for. Resolved once per submission (exact / renamed / ambiguous / absent). */
export const slotSchema = z.strictObject({
  /** The asked path, `/`-separated, relative to the submission's root. */
  path: z.string().min(1),
  kind: slotKindSchema,
  /** Other names the task allows just as well, e.g. `logo.gif` beside `logo.jpg`. */
  also: z.array(z.string().min(1)).default([]),
  /** False: may be left out without losing naming points (a voluntary extra). */
  required: z.boolean().default(true),
  /** The 素材 this file is to be made from, path below materials/. */
  material: z.string().optional(),
});
export type Slot = z.infer<typeof slotSchema>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * One item as written. `each` writes it several times: `$name` (or `${name}`, where a letter follows) is replaced
 * by the row's value or the paper's fact; below `with` a string that is only `$name` takes the value with its
 * type; `$$` is a dollar. Points are decimals with at most two places.
 */
export const itemSourceSchema = z.strictObject({
  id: z.string().min(1),
  criterion: z.string().regex(/^(presale|aftersale|page|shop|ops|mkt)-\d+$/),
  text: z.string().min(1),
  points: z.union([z.number(), z.string()]),
  by: decidedBySchema,
  /** Smallest step in which a human may give points here; the points must be a multiple of it. */
  step: z.number().positive().multipleOf(0.01, 'a step has at most two decimals').default(0.5),
  check: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  each: z.array(z.record(name, scalar)).min(1).optional(),
  /** For the examiner: what to look at, in Chinese. */
  hint: z.string().optional(),
});
export type ItemSource = z.infer<typeof itemSourceSchema>;

const condition = z.strictObject({
  item: z.string(),
  outcome: z
    .array(z.enum(['pass', 'partial', 'fail']))
    .min(1)
    .default(['fail']),
});

/**
 * Contest rules that act on items after their checks and causes, in the order written: half of the share, none
 * of it, or at most the share `at` of each item's points. `when` waits for the verdict on another item.
 */
export const modifierSchema = z.discriminatedUnion('effect', [
  z.strictObject({ effect: z.literal('halve'), items: z.array(z.string()).min(1), when: condition }),
  z.strictObject({ effect: z.literal('zero'), items: z.array(z.string()).min(1), when: condition }),
  z.strictObject({
    effect: z.literal('cap'),
    items: z.array(z.string()).min(1),
    at: exactSchema,
    when: condition.optional(),
  }),
]);
export type Modifier = z.infer<typeof modifierSchema>;

/** paper.yaml as written. Everything a check compares with stands here, never in code. */
export const paperSourceSchema = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9]*-\d+$/),
  title: z.string().min(1),
  module: moduleSchema,
  minutes: z.number().int().positive(),
  /** Markdown file with the task as the candidate reads it. */
  task: z.string().default('task.md'),
  slots: z.record(name, slotSchema),
  /** Root cause ▶ the item that is charged for it; every other item with that cause is excused. */
  causes: z.record(z.string(), z.string()).default({}),
  modifiers: z.array(modifierSchema).default([]),
  /** Words, numbers and lists that several items share; `$name` reaches them where the row of `each` has no such name. */
  facts: z.record(name, z.unknown()).default({}),
  items: z.array(itemSourceSchema).min(1),
});
export type PaperSource = z.infer<typeof paperSourceSchema>;

/** One item after `each` is written out: exactly one check, one decision of one human. */
export const itemSchema = z.strictObject({
  id: z.string(),
  criterion: z.string(),
  text: z.string(),
  /** Exact decimal with at most two places. */
  points: exactSchema,
  by: decidedBySchema,
  step: z.number(),
  check: z.string().nullable(),
  /** As the check accepted them, defaults filled in: plain data, pinned with the version. */
  parameters: z.record(z.string(), z.unknown()),
  hint: z.string().nullable(),
});
export type Item = z.infer<typeof itemSchema>;

/** A paper ready to grade with: expanded, validated, immutable once published. */
export const paperSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  module: moduleSchema,
  minutes: z.number(),
  slots: z.record(z.string(), slotSchema),
  causes: z.record(z.string(), z.string()),
  modifiers: z.array(modifierSchema),
  items: z.array(itemSchema),
  taskText: z.string(),
  /** The 素材: path below materials/, size and hash; part of the version's identity. */
  materials: z.array(z.strictObject({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
});
export type Paper = z.infer<typeof paperSchema>;

/** What the rubric needs to know of a check; handed in by whoever loads a paper, so this room imports no grader. */
export interface KnownCheck {
  readonly id: string;
  /** Raised whenever the same facts and parameters could lead to another outcome. */
  readonly version: number;
  readonly parameters: z.ZodType;
  /** Slots that these parameters name; each must exist in the paper. */
  slots(parameters: unknown): readonly string[];
  /** Other items whose answers these parameters build on (error carried forward); each must exist. */
  items?(parameters: unknown): readonly string[];
  /** Materials that these parameters name; each must exist. */
  materials?(parameters: unknown): readonly string[];
  /** Reasons to refuse these parameters although each is well-formed, e.g. number rules that overlap without an order. */
  refuse?(parameters: unknown): readonly string[];
}
