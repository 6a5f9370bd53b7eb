import type Fraction from 'fraction.js';
import { z } from 'zod';
import { exactSchema } from '../../../../rubrics/outcome.ts';
import { formatExact, parseExact } from '../../../../rubrics/points.ts';
import { roundTo } from './rounding.ts';

/** An exact number; a YAML number is taken by its digits, so 0.3 is three tenths and no float. */
const exact = z.union([
  exactSchema,
  z
    .number()
    .transform((number) => `${number}`)
    .pipe(exactSchema),
]);

/** The ladder's rules, in the order in which they are tried unless the paper says otherwise. */
export const rules = [
  'exact',
  'known',
  'carried',
  'tolerance',
  'intermediate',
  'decimals',
  'slip',
  'process',
] as const;
export type Rule = (typeof rules)[number];

export const numberParameters = z.strictObject({
  /** What stands beside the answer. Synonyms; the longest that fits wins. */
  labels: z.array(z.string().min(1)).min(1),
  /** Labels of other things: 点击转化率 is no 转化率. */
  not: z.array(z.string().min(1)).default([]),
  heading: z.string().min(1).optional(),
  /** Only answers in these slots count; all documents when left out. */
  slots: z.array(z.string()).default([]),
  value: exact,
  display: z.enum(['number', 'percent', 'money', 'integer', 'ratio']),
  unit: z.string().min(1).optional(),
  /** The item's points include the unit: without it 85 % of them. */
  unitScored: z.boolean().default(false),
  /** Asked decimals, of the percentage where a percentage is asked. */
  decimals: z.number().int().min(0).max(10).optional(),
  rounding: z.enum(['half-up', 'up', 'down', 'none']).default('half-up'),
  /** Absolute, in the value's own terms: 0.01 percentage point is 0.0001. */
  tolerance: exact.optional(),
  /** Tolerated when intermediate results were rounded; absolute, in the value's own terms. */
  intermediate: exact.optional(),
  process: z.literal('asked').optional(),
  formula: z.string().optional(),
  inputs: z
    .record(z.string(), z.union([exact, z.strictObject({ item: z.string(), value: exact })]))
    .default({}),
  known: z
    .array(
      z.strictObject({
        value: exact,
        share: exact,
        why: z.string().min(1),
        review: z.boolean().default(false),
      }),
    )
    .default([]),
  /** The item whose answer may have been written under this label, and its key. */
  twin: z.strictObject({ item: z.string(), value: exact }).optional(),
  order: z.array(z.string()).optional(),
});
export type NumberParameters = z.output<typeof numberParameters>;

/** Places of the value as a plain number that the asked decimals mean: two decimals of a percentage are four. */
export function askedPlaces(parameters: NumberParameters): number | null {
  if (parameters.decimals === undefined) return parameters.display === 'integer' ? 0 : null;
  return parameters.decimals + (parameters.display === 'percent' ? 2 : 0);
}

/** A value as the paper displays it, rounded as it asks: `3.00%`, `192.00 元`, `348 件`. */
export function displayed(value: Fraction, parameters: NumberParameters): string {
  const percent = parameters.display === 'percent';
  const places = askedPlaces(parameters);
  const rounding = parameters.rounding === 'none' ? 'half-up' : parameters.rounding;
  const rounded = places === null ? value : roundTo(value, places, rounding);
  const shown = percent ? rounded.mul(100) : rounded;
  const digits = places === null ? formatExact(shown) : fixed(shown, percent ? places - 2 : places);
  if (percent) return `${digits}%`;
  return parameters.unit === undefined ? digits : `${digits} ${parameters.unit}`;
}

/** An already rounded value with all its decimals written out. */
function fixed(value: Fraction, decimals: number): string {
  const digits = `${(value.n * 10n ** BigInt(decimals)) / value.d}`.padStart(decimals + 1, '0');
  const sign = value.s < 0n ? '-' : '';
  return decimals === 0
    ? `${sign}${digits}`
    : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The inputs with which the key was computed. */
export const keyInputs = (parameters: NumberParameters): Map<string, Fraction> =>
  new Map(
    Object.entries(parameters.inputs).map(([name, input]) => [
      name,
      parseExact(typeof input === 'string' ? input : input.value),
    ]),
  );
