import type { z } from 'zod';
import type { Evidence, Outcome } from '../rubrics/outcome.ts';
import type { KnownCheck } from '../rubrics/paper-schema.ts';
import type { Facts } from './facts/schema.ts';
import type { SlotTable } from './slots.ts';

/** The kinds of facts a check may ask for. Only what a paper's checks read is collected. */
export type FactName = Exclude<keyof Facts, 'problems'>;

/** A candidate's own answer to an item, exact, for error carried forward; null when none could be bound. */
export type OwnAnswer = { value: string; quote: string } | null;

/** Everything a check may look at. Pure data: a check never reads a file, a clock or the network. */
export interface CheckInput<P> {
  readonly parameters: P;
  /** Facts of the submission. */
  readonly facts: Facts;
  /** Facts of the paper's 素材, paths below materials/. */
  readonly materials: Facts;
  /** Which submitted file fills which slot, decided once for all checks. */
  readonly slots: SlotTable;
  /** The task as the candidate read it: what is copied from here is no answer. */
  readonly taskText: string;
  /** The candidate's own answer to another item of the paper. */
  readonly answerTo: (itemId: string) => OwnAnswer;
}

/** One sentence per reason code and language; `{name}` is filled from the reason's values. */
export type Reasons = Readonly<Record<string, { zh: string; en: string }>>;

/**
 * A check: one small file that says what it is, what it needs, and judges. Add the file to its folder's index,
 * a test, a sample that passes and one that fails, and it exists.
 */
export interface Check<P = unknown> extends KnownCheck {
  readonly parameters: z.ZodType<P>;
  /** What it judges, one sentence for the paper's author. */
  readonly summary: { zh: string; en: string };
  /** Parameters as an author would write them, for the generated documentation; must satisfy `parameters`. */
  readonly example: Record<string, unknown>;
  readonly reads: readonly FactName[];
  readonly reasons: Reasons;
  judge(input: CheckInput<P>): Outcome;
  /** The candidate's own value for this item, for items that build on it. */
  answer?(input: CheckInput<P>): OwnAnswer;
}

/** Declares a check with its parameter type inferred, and hides that type from the registry. */
export function defineCheck<S extends z.ZodType>(
  definition: Omit<Check<z.output<S>>, 'parameters' | 'slots' | 'items' | 'materials' | 'refuse'> & {
    parameters: S;
    slots(parameters: z.output<S>): readonly string[];
    items?(parameters: z.output<S>): readonly string[];
    materials?(parameters: z.output<S>): readonly string[];
    refuse?(parameters: z.output<S>): readonly string[];
  },
): Check {
  // Safe: the loader parses parameters with this very schema before any of these functions sees them.
  return definition as unknown as Check;
}

type Values = Record<string, string | number>;
type Extras = { evidence?: Evidence[]; confidence?: number; cause?: string; review?: boolean };

const finish = (
  outcome: Outcome['outcome'],
  share: string | null,
  code: string,
  values: Values,
  extras: Extras,
): Outcome => ({
  outcome,
  share,
  reason: { code, values },
  confidence: extras.confidence ?? 1,
  cause: extras.cause ?? null,
  review: extras.review ?? false,
  evidence: extras.evidence ?? [],
});

/** All points of the item. */
export const pass = (code: string, values: Values = {}, extras: Extras = {}): Outcome =>
  finish('pass', '1', code, values, extras);

/** An exact share of the points, e.g. `"1/2"` or `"0.3"`. */
export const partial = (share: string, code: string, values: Values = {}, extras: Extras = {}): Outcome =>
  finish('partial', share, code, values, extras);

/** No points, on positive evidence, or on a complete search whose `absent` evidence says where it looked. */
export const fail = (code: string, values: Values = {}, extras: Extras = {}): Outcome =>
  finish('fail', '0', code, values, extras);

/** Cannot be told: no points and no zero, a human looks. The reason says why. */
export const unknown = (code: string, values: Values = {}, extras: Extras = {}): Outcome =>
  finish('unknown', null, code, values, { confidence: 0, ...extras });
