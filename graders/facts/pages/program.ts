import { type Token, tokenizeScript } from './script.ts';
import type { Source } from './source.ts';
import type { Element } from './tree.ts';

/** A stretch of script: a script block, a script file, or the text of one `on…` attribute. */
export interface Piece {
  readonly tokens: readonly Token[];
  /** For every bracket its partner's index, else -1. */
  readonly partner: readonly number[];
  /** Where the text stands; null for an attribute, which is shown through its element. */
  readonly place: { readonly source: Source; readonly offset: number } | null;
  readonly element: Element | null;
  /** The attribute, lower case, e.g. `onmouseover`; null for a script. */
  readonly event: string | null;
  /** A library the candidate did not write: its own timers and handlers say nothing about this page. */
  readonly library: boolean;
}

/** Tokens `[from, to)` of a piece. */
export interface Range {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
}

/** All scripts of one page, with what is known without running them. */
export interface Program {
  readonly pieces: readonly Piece[];
  /** Bodies of the functions that have a name. */
  readonly functions: ReadonlyMap<string, Range>;
  /** False inside a named function that nothing ever mentions. */
  isLive(piece: Piece, token: number): boolean;
}

export function pieceOf(
  text: string,
  where: { place?: Piece['place']; element?: Element | null; event?: string | null; library?: boolean } = {},
): Piece {
  const tokens = tokenizeScript(text);
  return {
    tokens,
    partner: partners(tokens),
    place: where.place ?? null,
    element: where.element ?? null,
    event: where.event ?? null,
    library: where.library ?? false,
  };
}

function partners(tokens: readonly Token[]): number[] {
  const partner = tokens.map(() => -1);
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'mark') continue;
    if ('([{'.includes(token.text)) open.push(index);
    else if (')]}'.includes(token.text)) {
      const start = open.pop();
      if (start === undefined) continue;
      partner[start] = index;
      partner[index] = start;
    }
  }
  return partner;
}

export function programOf(pieces: readonly Piece[]): Program {
  const functions = new Map<string, Range>();
  const bodies = new Map<Piece, { name: string; range: Range }[]>();
  for (const piece of pieces) {
    const found = namedFunctions(piece);
    bodies.set(piece, found);
    for (const { name, range } of found) functions.set(name, range);
  }
  const owners = new Map(pieces.map((piece) => [piece, ownersOf(piece, bodies.get(piece) ?? [])]));
  const reached = reachedFrom(pieces, functions, owners);
  const isLive = (piece: Piece, token: number): boolean => {
    const owner = owners.get(piece)?.[token];
    return owner === undefined || owner === null || reached.has(owner);
  };
  return { pieces, functions, isLive };
}

/** A script with more named functions is no candidate's; the rest are read as if they had no name. */
const mostFunctions = 2000;

function namedFunctions(piece: Piece): { name: string; range: Range }[] {
  const found: { name: string; range: Range }[] = [];
  for (const [index, token] of piece.tokens.entries()) {
    if (found.length >= mostFunctions) break;
    if (token.text !== 'function' && token.text !== '=>') continue;
    const name = token.text === 'function' ? nameOfFunction(piece, index) : nameOfArrow(piece, index);
    const range = name === null ? null : functionBody(piece, index);
    if (name !== null && range !== null) found.push({ name, range });
  }
  return found;
}

/** `function name(` or `name = function(`; a property (`x.onload = function`) is no name: it may be called from outside. */
function nameOfFunction(piece: Piece, at: number): string | null {
  const next = piece.tokens[at + 1];
  if (next?.type === 'name') return next.text;
  return assignedName(piece, at - 1);
}

function nameOfArrow(piece: Piece, at: number): string | null {
  const before = piece.tokens[at - 1];
  const start = before?.text === ')' ? (piece.partner[at - 1] ?? -1) : at - 1;
  return start < 0 ? null : assignedName(piece, start - 1);
}

function assignedName(piece: Piece, at: number): string | null {
  if (piece.tokens[at]?.text !== '=') return null;
  const name = piece.tokens[at - 1];
  return name?.type === 'name' && piece.tokens[at - 2]?.text !== '.' ? name.text : null;
}

/** The body of the function that begins at a `function` or `=>` token. */
export function functionBody(piece: Piece, at: number): Range | null {
  let open = at + 1;
  if (piece.tokens[at]?.text === 'function') {
    while (open < piece.tokens.length && piece.tokens[open]?.text !== '(') open += 1;
    open = (piece.partner[open] ?? -1) + 1;
    if (open === 0) return null;
  }
  if (piece.tokens[open]?.text !== '{') return { piece, from: open, to: endOfArgument(piece, open) };
  const close = piece.partner[open] ?? -1;
  return { piece, from: open + 1, to: close === -1 ? piece.tokens.length : close };
}

/** Index after the argument that begins at `from`: its comma or the closing bracket around it. */
export function endOfArgument(piece: Piece, from: number): number {
  let at = from;
  while (at < piece.tokens.length) {
    const text = piece.tokens[at]?.type === 'mark' ? piece.tokens[at]?.text : '';
    if (text === ',' || text === ')' || text === ']' || text === '}' || text === ';') return at;
    const partner = piece.partner[at] ?? -1;
    at = partner > at ? partner + 1 : at + 1;
  }
  return at;
}

/** For every token the name of the innermost named function around it. */
function ownersOf(piece: Piece, bodies: readonly { name: string; range: Range }[]): (string | null)[] {
  const owners: (string | null)[] = piece.tokens.map(() => null);
  // In order of their beginning, so that inner functions overwrite outer ones.
  for (const { name, range } of bodies.toSorted((a, b) => a.range.from - b.range.from)) {
    owners.fill(name, range.from, range.to);
  }
  return owners;
}

function reachedFrom(
  pieces: readonly Piece[],
  functions: ReadonlyMap<string, Range>,
  owners: ReadonlyMap<Piece, readonly (string | null)[]>,
): Set<string> {
  const mentions = new Map<string | null, Set<string>>();
  for (const piece of pieces) {
    for (const [index, token] of piece.tokens.entries()) {
      const owner = owners.get(piece)?.[index] ?? null;
      for (const name of mentionedNames(piece, index, token)) {
        if (functions.has(name) && name !== owner) addTo(mentions, owner, name);
      }
    }
  }
  const reached = new Set<string>();
  const waiting = [...(mentions.get(null) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...(mentions.get(name) ?? []));
  }
  return reached;
}

function addTo(map: Map<string | null, Set<string>>, key: string | null, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

/** Names that a token could call: itself, unless it declares; for a string (`setTimeout("move()")`) those it calls. */
function mentionedNames(piece: Piece, index: number, token: Token): string[] {
  if (token.type === 'string') return calledIn(token.text);
  if (token.type !== 'name' || piece.tokens[index - 1]?.text === 'function') return [];
  const next = piece.tokens[index + 1]?.text;
  const after = piece.tokens[index + 2]?.text;
  const declares =
    next === '=' && (after === 'function' || after === '(' || piece.tokens[index + 3]?.text === '=>');
  return declares ? [] : [token.text];
}

function calledIn(code: string): string[] {
  if (code.length > 1000 || !code.includes('(')) return [];
  return tokenizeScript(code)
    .filter((token, index, all) => token.type === 'name' && all[index + 1]?.text === '(')
    .map(({ text }) => text);
}

/** Most functions that are followed from one callback. */
const mostFollowed = 40;

/** A range and the bodies of all named functions that it calls, directly or through others. */
export function closureOf(program: Program, start: Range): Range[] {
  const ranges = [start];
  const seen = new Set<string>();
  for (let next = 0; next < ranges.length && ranges.length < mostFollowed; next += 1) {
    const range = ranges[next];
    if (range === undefined) break;
    for (const name of namesCalled(range)) {
      const body = seen.has(name) ? undefined : program.functions.get(name);
      seen.add(name);
      if (body !== undefined && body !== start) ranges.push(body);
    }
  }
  return ranges;
}

function namesCalled(range: Range): string[] {
  const names: string[] = [];
  for (let at = range.from; at < range.to; at += 1) {
    const token = range.piece.tokens[at];
    if (token?.type === 'string') names.push(...calledIn(token.text));
    else if (token?.type === 'name') names.push(token.text);
  }
  return names;
}

export const wholeOf = (piece: Piece): Range => ({ piece, from: 0, to: piece.tokens.length });

export function tokensOf(range: Range): readonly Token[] {
  return range.piece.tokens.slice(range.from, range.to);
}

/**
 * What is called back: an argument that is a function, the name of one, or code in a string.
 * @param at index of the argument's first token
 */
export function callbackAt(program: Program, piece: Piece, at: number): Range | null {
  const token = piece.tokens[at];
  if (token === undefined) return null;
  if (token.type === 'string') return wholeOf(pieceOf(token.text, { element: piece.element, place: null }));
  if (token.text === 'function') return functionBody(piece, at);
  const end = endOfArgument(piece, at);
  for (let index = at; index < end; index += 1) {
    if (piece.tokens[index]?.text === '=>') return functionBody(piece, index);
  }
  return token.type === 'name' ? (program.functions.get(token.text) ?? null) : null;
}
