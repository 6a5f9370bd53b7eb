/** A path cut into what slots compare; every form is made once, because each file is held against every slot. */
export interface Name {
  /** Folders above, `''` at the root. */
  readonly folder: string;
  /** Last segment as written, NFC. */
  readonly file: string;
  /** Without its last extension. */
  readonly stem: string;
  /** Lower-case forms of the three. */
  readonly folded: { readonly folder: string; readonly file: string; readonly stem: string };
  /** Lower case, without the dot. */
  readonly extension: string;
  /** The stem without what a hasty hand changes: see `loose`. */
  readonly loose: string;
  /** The same after the marks of a copy are taken off, one after another. */
  readonly uncopied: readonly string[];
  /** Words of the stem, for typing slips. */
  readonly words: readonly string[];
  /** Characters of the stem that count or point: `图一` is no slip of `图二`, nor `左` of `右`. */
  readonly pointers: string;
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** Half width, lower case, without blanks, underscores, hyphens, dots and brackets (D4). */
const loose = (stem: string): string =>
  folded(stem.normalize('NFKC')).replace(/[\s_\-–—·.()[\]{}【】《》“”"']+/g, '');

/** What Windows adds to the name of a copy: `复件 `, ` - 副本`, `(1)`. */
const copyMarks = [
  /^(?:复件|副本|copy of)\s*(?:[(（]\d+[)）])?\s*/i,
  /[\s_-]*(?:副本|复件|拷贝|copy)\s*(?:[(（]?\d*[)）]?)?$/i,
  /\s*[(（]\d+[)）]$/,
];

function uncopied(stem: string): string[] {
  const forms: string[] = [];
  // A mark stands behind blanks, and a name may hold a thousand of them: one of each run is enough to find it.
  let plain = stem.trim().replace(/[\s_-]+/g, (run) => run.charAt(0));
  for (const mark of copyMarks) {
    const shorter = plain.replace(mark, '').trim();
    if (shorter !== plain) forms.push(loose(shorter));
    plain = shorter;
  }
  return forms;
}

/** Cut at marks, between digits and letters, and between Latin letters and 汉字. */
const wordsOf = (stem: string): string[] =>
  folded(stem.normalize('NFKC')).match(/\d+|\p{Script=Han}+|[^\d\p{Script=Han}\s_\-–—.()[\]]+/gu) ?? [];

const pointing = /[\d零一二三四五六七八九十甲乙丙丁前后左右上下大中小新旧主副内外正反]/g;

/** Windows drops blanks and dots at the end of a name. Not by one expression: those look at each run again and again. */
function withoutEnd(path: string): string {
  let end = path.length;
  while (end > 0 && /[\s.]/.test(path.charAt(end - 1))) end -= 1;
  return path.slice(0, end);
}

/** Takes a path apart; macOS stores letters and accents apart (NFC joins them). */
export function nameOf(path: string): Name {
  const clean = withoutEnd(path.normalize('NFC').replaceAll('\\', '/'));
  const slash = clean.lastIndexOf('/');
  const folder = slash < 0 ? '' : clean.slice(0, slash);
  const file = clean.slice(slash + 1);
  const dot = file.lastIndexOf('.');
  const stem = dot > 0 ? file.slice(0, dot) : file;
  return {
    folder,
    file,
    stem,
    folded: { folder: folded(folder), file: folded(file), stem: folded(stem) },
    extension: dot > 0 ? folded(file.slice(dot + 1)) : '',
    loose: loose(stem),
    uncopied: uncopied(stem),
    words: wordsOf(stem),
    pointers: (stem.normalize('NFKC').match(pointing) ?? []).join(''),
  };
}

/** Edit distance with a swap of neighbours as one step (Damerau, optimal string alignment). */
function editDistance(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[right.length] ?? 0;
}

/** True when the shorter is the longer with characters left out. */
function isSubsequence(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [[...a], [...b]] : [[...b], [...a]];
  let next = 0;
  for (const letter of long) if (letter === short[next]) next++;
  return next === short.length;
}

const han = /\p{Script=Han}/u;

/** Steps between two words; null when the difference is more than a slip of the hand. */
function wordDistance(a: string, b: string): number | null {
  if (a === b) return 0;
  const shorter = Math.min([...a].length, [...b].length);
  // Short words differ by meaning: on/off, a/b, big/bag.
  if (shorter < 4 && !(han.test(a) && shorter >= 3)) return null;
  if (Math.abs([...a].length - [...b].length) > 2) return null;
  const steps = editDistance(a, b);
  if (steps > (shorter < 6 && !han.test(a) ? 1 : 2)) return null;
  // One 汉字 changed is another word (售前客服 and 售后客服): they may be missing or added, never exchanged.
  if (han.test(a + b) && !isSubsequence(a, b)) return null;
  return steps;
}

/**
 * Edit distance of two stems, 1 or 2, where a typing slip is the likely cause; null otherwise. Stems of at least four
 * characters; digits and words that count or point must be equal, so `fenlei1` never becomes `fenlei2`.
 */
export function slipDistance(asked: Name, found: Name): number | null {
  if (asked.stem.length < 4 || found.stem.length < 4 || asked.pointers !== found.pointers) return null;
  if (asked.words.length !== found.words.length) return null;
  let sum = 0;
  for (const [i, word] of asked.words.entries()) {
    const steps = wordDistance(word, found.words[i] ?? '');
    if (steps === null) return null;
    sum += steps;
  }
  return sum >= 1 && sum <= 2 ? sum : null;
}
