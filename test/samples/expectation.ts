import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Breakdown, BreakdownItem } from '../../rubrics/breakdown.ts';
import { verdictSchema } from '../../rubrics/outcome.ts';
import { parseExact } from '../../rubrics/points.ts';

/** Folder of the samples. */
export const samplesFolder = join(import.meta.dirname, '../../samples');

/** A number, or the least and the greatest that are fair. */
const range = z.union([z.number(), z.tuple([z.number(), z.number()])]);

const itemSchema = z.strictObject({
  /** Several where a browser, a human or a later check may know more than the code shows. */
  outcome: z.union([verdictSchema, z.array(verdictSchema).min(1)]).optional(),
  /** Exact, such as `"3/4"`; compared as a number. */
  share: z.string().optional(),
  proposed: z.union([range, z.null()]).optional(),
  by: z.enum(['auto', 'suggest']).optional(),
  excused: z.boolean().optional(),
  reason: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  cause: z.string().optional(),
});
type ExpectedItem = z.infer<typeof itemSchema>;

export const expectationSchema = z.strictObject({
  paper: z.string(),
  /** Chinese: what this candidate did, and why the points are fair. */
  note: z.string().min(10),
  total: z
    .strictObject({
      /** What the machine gives: settled and suggested together. */
      provisional: range.optional(),
      unknown: range.optional(),
    })
    .optional(),
  /** Holds for every machine item that `items` does not name. */
  rest: itemSchema.optional(),
  items: z.record(z.string(), itemSchema),
  /** Each must be (part of) the code of some problem; an empty list: there must be none. */
  problems: z.array(z.string()).optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;

/** Names of all sample folders. */
export const sampleIds = (): string[] =>
  readdirSync(samplesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'make')
    .map((entry) => entry.name)
    .sort();

export const expectationFile = (id: string): string => join(samplesFolder, id, 'expected.json');

/** @throws when there is none, or it is not as the README says */
export function expectationOf(id: string): Expectation {
  const file = expectationFile(id);
  if (!existsSync(file))
    throw new Error(`samples/${id} has no expected.json: write down by hand what is fair`);
  return expectationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

const within = (actual: number | null, wanted: z.infer<typeof range> | null): boolean => {
  if (actual === null || wanted === null) return actual === wanted;
  const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
  return actual >= least && actual <= most;
};

const oneOf = (actual: string | null | undefined, wanted: string | readonly string[]): boolean =>
  typeof wanted === 'string' ? actual === wanted : wanted.some((each) => each === actual);

function sameShare(actual: string | null, wanted: string): boolean {
  return actual !== null && parseExact(actual).equals(parseExact(wanted));
}

/** True when everything that is expected of the item holds. */
function fits(item: BreakdownItem, wanted: ExpectedItem): boolean {
  return [
    wanted.outcome === undefined || oneOf(item.outcome, wanted.outcome),
    wanted.share === undefined || sameShare(item.share, wanted.share),
    wanted.proposed === undefined || within(item.proposed, wanted.proposed),
    wanted.by === undefined || item.by === wanted.by,
    wanted.excused === undefined || item.excused === wanted.excused,
    wanted.reason === undefined || oneOf(item.reason?.code, wanted.reason),
    wanted.cause === undefined || item.cause === wanted.cause,
  ].every(Boolean);
}

const shown = ({ outcome, share, proposed, by, excused, cause, reason }: BreakdownItem): string =>
  `${JSON.stringify({ outcome, share, proposed, by, excused, cause, reason: reason?.code })}\n      ${reason?.text ?? ''}`;

export const itemsOf = (breakdown: Breakdown): BreakdownItem[] =>
  breakdown.criteria.flatMap(({ items }) => items);

/** Items that a check judges. */
export const machineItems = (breakdown: Breakdown): BreakdownItem[] =>
  itemsOf(breakdown).filter(({ outcome }) => outcome !== null);

/** Every departure of a breakdown from what is expected, worded for whoever has to decide who is wrong. */
export function departures(
  expected: Expectation,
  breakdown: Breakdown,
  problems: readonly string[],
): string[] {
  const ids = new Set(itemsOf(breakdown).map(({ id }) => id));
  const strangers = Object.keys(expected.items).filter((id) => !ids.has(id));
  return [
    ...strangers.map((id) => `${id}: the paper has no such item`),
    ...machineItems(breakdown).flatMap((item) => {
      const wanted = expected.items[item.id] ?? expected.rest;
      return wanted === undefined || fits(item, wanted)
        ? []
        : [`${item.id}\n      expected ${JSON.stringify(wanted)}\n      actual   ${shown(item)}`];
    }),
    ...totalDepartures(expected, breakdown),
    ...problemDepartures(expected, problems),
  ];
}

function totalDepartures({ total }: Expectation, { total: actual }: Breakdown): string[] {
  const provisional = Math.round((actual.settled + actual.suggested) * 100) / 100;
  const found = { provisional, unknown: actual.pending.unknown };
  return (['provisional', 'unknown'] as const).flatMap((name) => {
    const wanted = total?.[name];
    return wanted === undefined || within(found[name], wanted)
      ? []
      : [`total ${name}: expected ${JSON.stringify(wanted)}, actual ${found[name]}`];
  });
}

function problemDepartures({ problems: wanted }: Expectation, actual: readonly string[]): string[] {
  if (wanted === undefined) return [];
  const missing = wanted.filter((code) => !actual.some((each) => each.includes(code)));
  const extra = wanted.length === 0 ? actual : [];
  return [
    ...missing.map((code) => `no problem "${code}"; found: ${actual.join(', ') || 'none'}`),
    ...extra.map((code) => `unexpected problem "${code}"`),
  ];
}
