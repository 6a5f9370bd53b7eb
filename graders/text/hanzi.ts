/**
 * How likely it is that a person wrote this text: the tie-breaker between two readings of the same bytes.
 * GB 2312 orders its characters by use: rows 16–55 hold the 3755 common Hanzi (level 1), rows 56–87 the
 * rarer 3008 (level 2). So the range a character comes from in GB 2312 is a frequency table of its own.
 */

const level1 = decodeRows(0xb0, 0xd7);
const level2 = decodeRows(0xd8, 0xf7);

/** Characters of the GB 2312 rows whose lead byte is in [first, last]. Unassigned cells decode to private use and never match. */
function decodeRows(first: number, last: number): ReadonlySet<string> {
  const bytes: number[] = [];
  for (let lead = first; lead <= last; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      bytes.push(lead, trail);
    }
  }
  const text = new TextDecoder('gb18030').decode(Uint8Array.from(bytes));
  return new Set([...text].filter((character) => /\p{Script=Han}/u.test(character)));
}

/** Share of a character in the score, from −1 (nobody types this) to 1 (everyday Hanzi). */
function weight(character: string, alone: boolean): number {
  if (level1.has(character)) return 1;
  if (level2.has(character)) return 0.5;
  if (/[\p{Co}\p{Cn}\p{Cc}\u{FFFD}]/u.test(character)) return -1;
  if (/\p{Script=Han}/u.test(character)) return 0.25;
  if (/[\u{2010}-\u{203B}\u{3000}-\u{303F}\u{FF00}-\u{FFEF}]/u.test(character)) return 0.7;
  if (/\p{Extended_Pictographic}/u.test(character)) return 0.6;
  // "café" has one accented letter between plain ones; GBK read as Latin gives rows of them: "ÍÆ¹ã".
  if (/[\u{C0}-\u{17F}]/u.test(character)) return alone ? 0.8 : 0.1;
  return 0.1;
}

/** So many non-ASCII characters tell as much as a whole book would. */
const sample = 4_096;

/**
 * Mean plausibility of the first non-ASCII characters of a text, −1 to 1; 0 when there are none.
 * Only meant to compare two readings of the same bytes.
 */
export function plausibility(text: string): number {
  let sum = 0;
  let count = 0;
  for (const [run] of text.matchAll(/[^\u0000-\u007F]+/g)) {
    const characters = [...run];
    for (const character of characters) sum += weight(character, characters.length === 1);
    count += characters.length;
    if (count >= sample) break;
  }
  return count === 0 ? 0 : sum / count;
}
