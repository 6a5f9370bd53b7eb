import type { z } from 'zod';
import type { wordCountSchema } from '../schema.ts';

export type WordCount = z.infer<typeof wordCountSchema>;

const hanzi = /\p{Script=Han}/gu;
/** One word each: 汉字, kana, and the marks that Chinese text is set with. */
const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u2014\u2018\u2019\u201C\u201D\u2026\u00B7\u3001-\u303F\uFF01-\uFFEF]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u2014\u2018\u2019\u201C\u201D\u2026\u00B7\u3001-\u303F\uFF01-\uFFEF]+/gu;
const characters = /\S/gu;

const count = (text: string, pattern: RegExp): number => {
  let found = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) found += 1;
  return found;
};

/**
 * The three counts of one text.
 * @param main what Word counts; @param aside what only the generous count adds (text boxes, headers, footnotes)
 */
export function wordCounts(main: string, aside = ''): WordCount {
  return {
    strict: count(main, hanzi),
    word: count(main, words),
    generous: count(main, characters) + count(aside, characters),
  };
}
