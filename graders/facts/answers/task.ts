import { fold } from '../../text/normalize.ts';

/** Pieces of text by which a copied paragraph is known: four characters are rarely the same by chance. */
const shingle = 4;
/** A paragraph of which so much stands in the task is the task's (2.6, A17). */
const copiedShare = 0.9;
/** Shorter lines must be a line of the task as a whole. */
const shortest = 8;

const withoutMarkup = (line: string): string =>
  line.replace(/^\s*(?:#{1,6}|[-*+>]|\d{1,2}[.)])\s+/, '').replace(/[*`|]/g, '');

/** 3187.50 元 in the task is 3187.5 in a sheet: numbers compare by value, with at most a counting word. */
function cellKey(text: string): string {
  const folded = fold(text);
  const number = /^[¥$]?(-?\d[\d,]*(?:\.\d+)?)(\p{Script=Han}{0,2})$/u.exec(folded)?.[1];
  return number === undefined ? folded : String(Number(number.replaceAll(',', '')));
}

/** The task as the candidate read it, for telling what was copied from it. Built once per paper. */
export class Task {
  readonly #text: string;
  readonly #lines: ReadonlySet<string>;
  readonly #shingles = new Set<string>();
  /** What stands in the same table row as a cell. */
  readonly #rows = new Map<string, Set<string>>();

  constructor(text: string) {
    const lines = text.split('\n');
    this.#lines = new Set(lines.map((line) => fold(withoutMarkup(line))).filter((line) => line !== ''));
    this.#text = [...this.#lines].join('\n');
    for (let at = 0; at + shingle <= this.#text.length; at += 1) {
      this.#shingles.add(this.#text.slice(at, at + shingle));
    }
    for (const line of lines) if (line.includes('|')) this.#addRow(line.split('|'));
  }

  #addRow(cells: readonly string[]): void {
    const keys = cells.map(cellKey).filter((key) => key !== '' && !/^:?-+:?$/.test(key));
    for (const key of keys) {
      const others = this.#rows.get(key) ?? new Set();
      for (const other of keys) if (other !== key) others.add(other);
      this.#rows.set(key, others);
    }
  }

  /** Whether a line is at least 90 % the task's. A blank that was filled in does not change that. */
  isCopied(line: string): boolean {
    const folded = fold(withoutMarkup(line));
    if (folded.length < shortest || this.#shingles.size === 0)
      return folded !== '' && this.#lines.has(folded);
    const pieces = folded.length - shingle + 1;
    // Each change of the text breaks the pieces that reach over it: one filled blank costs three.
    let strange = Math.floor((1 - copiedShare) * pieces) + shingle - 1;
    for (let at = 0; at < pieces && strange >= 0; at += 1) {
      if (!this.#shingles.has(folded.slice(at, at + shingle))) strange -= 1;
    }
    return strange >= 0;
  }

  /** Whether these very characters stand in the task. */
  says(text: string): boolean {
    const folded = fold(withoutMarkup(text));
    return folded !== '' && this.#text.includes(folded);
  }

  /** Whether the task's own table has this text in the row of that head. */
  gives(head: string, text: string): boolean {
    return this.#rows.get(cellKey(head))?.has(cellKey(text)) ?? false;
  }
}
