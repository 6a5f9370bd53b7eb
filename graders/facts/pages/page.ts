import { Cascade } from './cascade.ts';
import { type Piece, type Program, pieceOf, programOf } from './program.ts';
import type { FileIndex, Resolution } from './resolve.ts';
import type { Source } from './source.ts';
import { parseStyle, type StyleSheet } from './style.ts';
import { type Element, elementsOf, parseTree, rawTextOf, type Tree } from './tree.ts';

/** The style sheets and scripts beside the pages; each is read and parsed once, however many pages use it. */
export interface Library {
  style(path: string): StyleSheet | null;
  script(path: string): Piece | null;
  readonly files: FileIndex;
  /** SHA-256 of a submitted file. */
  hash(path: string): string | null;
}

/** One page with everything it uses, parsed once: what all measuring functions read. */
export interface PageModel {
  readonly path: string;
  readonly tree: Tree;
  readonly base: string | null;
  /** Linked, embedded and imported, in the order in which they hold. */
  readonly sheets: readonly StyleSheet[];
  readonly cascade: Cascade;
  readonly program: Program;
  readonly library: Library;
  /** Resolves a reference written in this page, or in a style sheet of it. */
  resolve(target: string, from?: string): Resolution;
}

export function modelOf(source: Source, library: Library): PageModel {
  const tree = parseTree(source);
  const base =
    elementsOf(tree, 'base').find(({ attribs }) => attribs.href !== undefined)?.attribs.href ?? null;
  const resolve = (target: string, from: string = source.path): Resolution =>
    library.files.resolve(target, from, from === source.path ? base : null);
  const sheets = sheetsOf(tree, library, resolve);
  return {
    path: source.path,
    tree,
    base,
    sheets,
    cascade: new Cascade(tree, sheets),
    program: programOf(piecesOf(tree, library, resolve)),
    library,
    resolve,
  };
}

type Resolve = (target: string, from?: string) => Resolution;

function sheetsOf(tree: Tree, library: Library, resolve: Resolve): StyleSheet[] {
  const sheets: StyleSheet[] = [];
  const seen = new Set<string>();
  const add = (sheet: StyleSheet | null): void => {
    if (sheet === null) return;
    for (const { target, kind } of sheet.urls) {
      if (kind === 'style') addFile(resolve(target, sheet.source.path).file);
    }
    sheets.push(sheet);
  };
  const addFile = (file: string | null): void => {
    if (file === null || seen.has(file)) return;
    seen.add(file);
    add(library.style(file));
  };
  for (const element of elementsOf(tree, 'style', 'link')) {
    if (isPrintOnly(element)) continue;
    if (element.name === 'link') {
      if (isStyleLink(element)) addFile(resolve(element.attribs.href ?? '').file);
      continue;
    }
    const { text, offset } = rawTextOf(element);
    add(parseStyle(tree.source, text, offset));
  }
  return sheets;
}

export function isStyleLink({ attribs }: Element): boolean {
  return /(^|\s)stylesheet(\s|$)/i.test(attribs.rel ?? '') && attribs.href !== undefined;
}

const isPrintOnly = ({ attribs }: Element): boolean => /^\s*print\s*$/i.test(attribs.media ?? '');

/** A script block that a browser runs: no `type`, or one that names JavaScript. */
function isScript({ attribs }: Element): boolean {
  return /^\s*$|javascript|ecmascript|^\s*module\s*$|jscript/i.test(attribs.type ?? '');
}

function piecesOf(tree: Tree, library: Library, resolve: Resolve): Piece[] {
  const pieces: Piece[] = [];
  for (const element of elementsOf(tree, 'script').filter(isScript)) {
    const source = element.attribs.src;
    if (source === undefined) {
      const { text, offset } = rawTextOf(element);
      pieces.push(pieceOf(text, { place: { source: tree.source, offset }, element }));
      continue;
    }
    const file = resolve(source).file;
    const piece = file === null ? null : library.script(file);
    if (piece !== null) pieces.push(piece);
  }
  for (const element of tree.elements) pieces.push(...handlersOf(element));
  return pieces;
}

function handlersOf(element: Element): Piece[] {
  const pieces: Piece[] = [];
  for (const [name, value] of Object.entries(element.attribs)) {
    const isCode = name.startsWith('on') || (name === 'href' && /^\s*javascript:/i.test(value));
    if (isCode) pieces.push(pieceOf(value.replace(/^\s*javascript:/i, ''), { element, event: name }));
  }
  return pieces;
}
