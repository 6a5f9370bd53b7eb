import type { z } from 'zod';
import type { wordCountSchema } from '../schema.ts';

export type WordCount = z.infer<typeof wordCountSchema>;

const within = (code: number, ranges: readonly (readonly [number, number])[]): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

/** 汉字: the unified ideographs with their extensions, 々 and 〇. */
const hanzi = [
  [0x4e00, 0x9fff],
  [0x3400, 0x4dbf],
  [0xf900, 0xfaff],
  [0x20000, 0x323af],
  [0x3005, 0x3007],
] as const;

/** Marks that Chinese text is set with, full-width forms and kana: one word each. */
const marks = [
  [0x3000, 0x30ff],
  [0xff01, 0xffef],
  [0x2018, 0x201d],
  [0x2014, 0x2014],
  [0x2026, 0x2026],
  [0x00b7, 0x00b7],
] as const;

const blank = /\s/;
const isBlank = (code: number, text: string, at: number): boolean =>
  code <= 0x20 || ((code === 0xa0 || code >= 0x1680) && code < 0x3001 && blank.test(text.charAt(at)));

/** One pass, character by character: documents have hundreds of thousands of them. */
function countOf(text: string): WordCount {
  const counts = { strict: 0, word: 0, generous: 0 };
  let inRun = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (isBlank(code, text, at)) {
      inRun = false;
      continue;
    }
    counts.generous += 1;
    const single = within(code, hanzi);
    if (single) counts.strict += 1;
    if (single || within(code, marks)) {
      counts.word += 1;
      inRun = false;
    } else if (!inRun) {
      counts.word += 1;
      inRun = true;
    }
    if (code > 0xffff) at += 1;
  }
  return counts;
}

/**
 * The three counts of one text.
 * @param main what Word counts; @param aside what only the generous count adds (text boxes, headers, footnotes)
 */
export function wordCounts(main: string, aside = ''): WordCount {
  const counts = countOf(main);
  return aside === '' ? counts : { ...counts, generous: counts.generous + countOf(aside).generous };
}
