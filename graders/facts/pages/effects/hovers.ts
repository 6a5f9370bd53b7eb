import type { Span } from '../../schema.ts';
import type { PageModel } from '../page.ts';
import { callbackAt, closureOf, endOfArgument, type Piece, type Range, wholeOf } from '../program.ts';
import { spanOfTokens } from '../script-references.ts';
import { type Element, tagSpanOf } from '../tree.ts';
import type { Targets } from './targets.ts';

/** What happens when the mouse comes over elements, and when it leaves them. */
export interface Hover {
  readonly elements: readonly Element[];
  readonly enter: readonly Range[];
  /** Empty when nothing is written for leaving. */
  readonly leave: readonly Range[];
  readonly span: Span;
  /** `attribute`, `listener` or `jquery`. */
  readonly how: string;
}

interface Handler {
  kind: 'enter' | 'leave';
  elements: readonly Element[];
  ranges: Range[];
  span: Span;
  how: string;
}

const enters = /^(on)?mouse(over|enter|move)$/;
const leaves = /^(on)?mouse(out|leave)$/;

/** Handlers beyond this many say nothing new about a page. */
const mostHandlers = 300;

/** All live hover handlers, in the order of the code. */
export function hoversOf(page: PageModel, targets: Targets): Hover[] {
  const handlers = page.program.pieces
    .filter(({ library }) => !library)
    .flatMap((piece) => handlersIn(page, targets, piece))
    .slice(0, mostHandlers);
  const leaving = handlers.filter(({ kind }) => kind === 'leave');
  return handlers
    .filter(({ kind }) => kind === 'enter')
    .map(({ elements, ranges, span, how }) => {
      const own = new Set(elements);
      const leave = leaving.filter((handler) => handler.elements.some((element) => own.has(element)));
      return { elements, enter: ranges, leave: leave.flatMap((handler) => handler.ranges), span, how };
    });
}

function handlersIn(page: PageModel, targets: Targets, piece: Piece): Handler[] {
  if (piece.event !== null && piece.element !== null) {
    const kind = kindOf(piece.event);
    if (kind === null || page.cascade.isHidden(piece.element)) return [];
    const ranges = closureOf(page.program, wholeOf(piece));
    return [
      {
        kind,
        elements: [piece.element],
        ranges,
        span: tagSpanOf(page.tree, piece.element),
        how: 'attribute',
      },
    ];
  }
  const handlers: Handler[] = [];
  for (let at = 0; at < piece.tokens.length && handlers.length < mostHandlers; at += 1) {
    if (piece.tokens[at]?.type !== 'name' || !page.program.isLive(piece, at)) continue;
    for (const { kind, callback, how } of callbacksAt(page, piece, at)) {
      const elements = targets.in({ piece, from: startOfStatement(piece, at), to: at });
      const span = spanOfTokens(page, piece, startOfStatement(piece, at), at + 30);
      handlers.push({ kind, elements, ranges: closureOf(page.program, callback), span, how });
    }
  }
  return handlers;
}

function kindOf(event: string): Handler['kind'] | null {
  if (enters.test(event)) return 'enter';
  return leaves.test(event) ? 'leave' : null;
}

type Found = { kind: Handler['kind']; callback: Range; how: string };

function callbacksAt(page: PageModel, piece: Piece, at: number): Found[] {
  const name = piece.tokens[at]?.text ?? '';
  const next = piece.tokens[at + 1]?.text;
  if (piece.tokens[at - 1]?.text !== '.') return [];
  if (next === '=') return found(page, piece, kindOf(name), at + 2, 'listener');
  // A call that is never closed would be read to the end of the script.
  if (next !== '(' || piece.partner[at + 1] === -1) return [];
  if (name === 'hover') {
    const second = endOfArgument(piece, at + 2) + 1;
    return [
      ...found(page, piece, 'enter', at + 2, 'jquery'),
      ...found(page, piece, 'leave', second, 'jquery'),
    ];
  }
  if (/^(addEventListener|attachEvent|on|bind|live)$/.test(name)) {
    const event = piece.tokens[at + 2];
    const kind = event?.type === 'string' ? kindOf(event.text) : null;
    const how = /^(addEventListener|attachEvent)$/.test(name) ? 'listener' : 'jquery';
    return found(page, piece, kind, endOfArgument(piece, at + 2) + 1, how);
  }
  return found(page, piece, kindOf(name), at + 2, 'jquery');
}

function found(
  page: PageModel,
  piece: Piece,
  kind: Handler['kind'] | null,
  at: number,
  how: string,
): Found[] {
  const callback = kind === null ? null : callbackAt(page.program, piece, at);
  return kind === null || callback === null ? [] : [{ kind, callback, how }];
}

/** Longest chain before a handler that is read for its elements. */
const longestChain = 80;

function startOfStatement(piece: Piece, from: number): number {
  let at = from;
  while (at > 0 && from - at < longestChain) {
    const before = piece.tokens[at - 1];
    const isClosing = before?.text === ')' || before?.text === ']';
    const partner = piece.partner[at - 1] ?? -1;
    if (before?.type === 'mark' && /^[;{}(,]$/.test(before.text)) return at;
    at = isClosing && partner >= 0 ? partner : at - 1;
  }
  return at;
}
