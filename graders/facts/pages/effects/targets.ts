import { select } from '../cascade.ts';
import type { PageModel } from '../page.ts';
import type { Piece, Range } from '../program.ts';
import type { Element } from '../tree.ts';

const finders = new Set(
  (
    '$ jQuery getElementById querySelector querySelectorAll getElementsByClassName getElementsByName ' +
    'getElementsByTagName getObj $id MM_findObj'
  ).split(' '),
);

/** Different searches of one page; generated scripts could ask for any number. */
const mostSearches = 500;

/** These hold elements by their name: `document.banner.src`. */
const holders = new Set(['document', 'all', 'images', 'window', 'layers']);

/** Which elements a stretch of script means: by id, selector, variable, or the global that every id is. */
export class Targets {
  readonly #page: PageModel;
  readonly #variables = new Map<string, Element[]>();
  readonly #found = new Map<string, Element[]>();

  constructor(page: PageModel) {
    this.#page = page;
    for (const piece of page.program.pieces) {
      if (!piece.library) this.#learn(piece);
    }
  }

  /** In the order they are mentioned, each once. */
  in(range: Range): Element[] {
    const elements = new Set<Element>();
    for (let at = range.from; at < range.to; at += 1) {
      for (const element of this.#at(range.piece, at)) elements.add(element);
    }
    return [...elements];
  }

  #at(piece: Piece, at: number): readonly Element[] {
    const token = piece.tokens[at];
    if (token?.type === 'string') {
      const finder = piece.tokens[at - 2]?.text ?? '';
      return piece.tokens[at - 1]?.text === '(' && finders.has(finder) ? this.#find(finder, token.text) : [];
    }
    if (token?.type !== 'name') return [];
    if (token.text === 'this') return piece.element === null ? [] : [piece.element];
    const before = piece.tokens[at - 1]?.text;
    if (before === '.' && !holders.has(piece.tokens[at - 2]?.text ?? '')) return [];
    const known = this.#variables.get(token.text);
    if (known !== undefined) return known;
    const { byId, byName } = this.#page.tree;
    const named = byId.get(token.text) ?? byName.get(token.text);
    return named === undefined ? [] : [named];
  }

  /** `var box = document.getElementById('box')`, `imgs = box.getElementsByTagName('img')`. */
  #learn(piece: Piece): void {
    for (const [at, token] of piece.tokens.entries()) {
      if (token.text !== '=' || piece.tokens[at - 1]?.type !== 'name' || piece.tokens[at - 2]?.text === '.')
        continue;
      const name = piece.tokens[at - 1]?.text ?? '';
      const end = this.#endOfFinder(piece, at + 1);
      if (end === null) continue;
      const elements = this.in({ piece, from: at + 1, to: end });
      if (elements.length > 0) this.#variables.set(name, [...(this.#variables.get(name) ?? []), ...elements]);
    }
  }

  /** Where an expression that finds an element ends: at its first closed call. */
  #endOfFinder(piece: Piece, from: number): number | null {
    for (let at = from; at < from + 6; at += 1) {
      const token = piece.tokens[at];
      if (token === undefined || token.text === ';' || token.text === '{') return null;
      if (finders.has(token.text) && piece.tokens[at + 1]?.text === '(') {
        const close = piece.partner[at + 1] ?? -1;
        return close === -1 ? null : close;
      }
    }
    return null;
  }

  #find(finder: string, text: string): readonly Element[] {
    const key = `${finder} ${text}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const elements = this.#found.size < mostSearches ? this.#search(finder, text) : [];
    this.#found.set(key, elements);
    return elements;
  }

  #search(finder: string, text: string): Element[] {
    const { tree } = this.#page;
    if (/^(getElementById|getObj|\$id|MM_findObj)$/.test(finder)) {
      const element = tree.byId.get(text) ?? tree.byName.get(text);
      return element === undefined ? [] : [element];
    }
    if (finder === 'getElementsByTagName') return [...(tree.byTag.get(text.toLowerCase()) ?? [])];
    if (finder === 'getElementsByClassName') {
      return tree.elements.filter(({ attribs }) => attribs.class?.split(/\s+/).includes(text));
    }
    if (finder === 'getElementsByName') return tree.elements.filter(({ attribs }) => attribs.name === text);
    const isId = finder === '$' && tree.byId.get(text);
    return isId ? [isId] : text.startsWith('<') ? [] : select(tree, text);
  }
}
