import type { AnswerFact } from '../schema.ts';
import type { NumberReading } from './number/read.ts';

/** An answer before it is known in which file it stands. */
export type Draft = Omit<AnswerFact, 'file' | 'sha256'>;

/** What surrounds a text and may name what its numbers are. */
export interface Context {
  readonly where: string;
  /** The path of headings, for the fact. */
  readonly heading: string | null;
  /** What the answers below it are about: a line that ended in a colon, an entity's heading; '' without one. */
  readonly subject: string;
  /** A label on the line above, or the last heading: names a number that has no words of its own. */
  readonly above: string;
}

/** Labels longer than this are sentences. */
export const longestLabel = 40;
/** An answer in words that is longer than this is an essay, and an examiner's. */
export const longestAnswer = 300;

/** Other labels without repetition, blanks or the label itself. */
export function others(label: string, also: readonly string[]): string[] {
  // 直通车的点击率 is 直通车点击率.
  const plain = [label, ...also]
    .filter((each) => each.includes('的'))
    .map((each) => each.replaceAll('的', ''));
  const kept = [...also, ...plain].map((each) => each.trim()).filter((each) => each !== '' && each !== label);
  return [...new Set(kept)].filter((each) => each.length <= 2 * longestLabel);
}

export interface Labels {
  readonly label: string;
  readonly also: readonly string[];
}

/** A number of a text with the labels found for it. `text` is what an examiner is shown. */
export const numberDraft = (
  reading: NumberReading,
  { label, also }: Labels,
  context: Context,
  text: string,
): Draft => ({
  label,
  also: others(label, also),
  heading: context.heading,
  text,
  value: reading.value,
  decimals: reading.decimals,
  unit: reading.unit,
  final: reading.final,
  input: reading.input,
  unclear: reading.unclear,
  otherwise: reading.otherwise,
  process: reading.process,
  where: context.where,
});

/** An answer in words. */
export const wordsDraft = (text: string, { label, also }: Labels, context: Context): Draft => ({
  label,
  also: others(label, also),
  heading: context.heading,
  text,
  value: null,
  decimals: null,
  unit: null,
  final: false,
  input: false,
  unclear: null,
  otherwise: null,
  process: null,
  where: context.where,
});
