import { fold } from '../../text/normalize.ts';

/** Marks that mean the same to a reader, after NFKC has made the wide ones narrow. */
const sameMarks: readonly (readonly [RegExp, string])[] = [
  [/[、，]/g, ','],
  [/[。．]/g, '.'],
  [/[“”„‟「」『』《》«»]/g, '"'],
  [/[‘’‚‛`]/g, "'"],
  [/[‐‑‒–—―−_~～]+/g, '-'],
  [/[…⋯]+|\.{2,}/g, '...'],
  [/[·・•]/g, '·'],
];

/** Texts compared without regard to width, case, blanks and which of several equal marks was typed. */
export function foldMarks(text: string): string {
  let folded = fold(text);
  for (const [marks, plain] of sameMarks) folded = folded.replace(marks, plain);
  return folded.replace(/[.,]+$/, '');
}

/** How close a text comes to the asked one: the same, it inside more, a typing slip apart, or another text. */
export type Closeness = 'same' | 'contains' | 'near' | 'other';

/** Share of characters that may differ in a slip: the 10 % that text matching allows everywhere. */
const slip = 0.1;

export function closeness(text: string, asked: string): Closeness {
  const [left, right] = [foldMarks(text), foldMarks(asked)];
  if (left === right) return 'same';
  if (right !== '' && left.includes(right)) return 'contains';
  const allowed = Math.floor([...right].length * slip);
  return isWithin([...left], [...right], allowed) ? 'near' : 'other';
}

/** Levenshtein distance of at most `limit`; gives up as soon as that is out of reach. */
function isWithin(left: readonly string[], right: readonly string[], limit: number): boolean {
  if (limit < 1 || Math.abs(left.length - right.length) > limit) return false;
  let row = right.map((_, index) => index + 1);
  for (const [index, character] of left.entries()) {
    let diagonal = index;
    let before = index + 1;
    const next: number[] = [];
    for (const [column, other] of right.entries()) {
      const above = row[column] ?? 0;
      before = Math.min(above + 1, before + 1, diagonal + (character === other ? 0 : 1));
      diagonal = above;
      next.push(before);
    }
    if (Math.min(...next) > limit) return false;
    row = next;
  }
  return (row.at(-1) ?? 0) <= limit;
}
