import type { Span } from '../../schema.ts';
import { isPictureName } from '../names.ts';
import type { PageModel } from '../page.ts';
import { callbackAt, closureOf, type Piece, type Range, tokensOf, wholeOf } from '../program.ts';
import { spanOfTokens } from '../script-references.ts';
import type { Element } from '../tree.ts';
import { type Change, changesIn } from './changes.ts';
import type { Targets } from './targets.ts';

/** Something a script does by itself, by the clock or whenever the page is scrolled. */
export interface Motion {
  readonly trigger: 'timer' | 'scroll';
  /** Again and again, not once after a while. */
  readonly repeats: boolean;
  readonly span: Span;
  readonly changes: readonly Change[];
  /** The elements its code speaks of. */
  readonly targets: readonly Element[];
  /** Picture names in its code. */
  readonly pictures: readonly string[];
  /** It reads how far the page is scrolled. */
  readonly readsScroll: boolean;
}

const timers = new Set(['setInterval', 'setTimeout', 'requestAnimationFrame']);
/** A page with more timers than this is no candidate's; the rest say nothing new. */
const mostMotions = 100;
/** Changes of one callback that are looked at. */
const mostChanges = 1000;

/** All live timers and scroll handlers of a page. Those inside libraries belong to the libraries. */
export function motionsOf(page: PageModel, targets: Targets): Motion[] {
  const motions: Motion[] = [];
  for (const piece of page.program.pieces) {
    if (piece.library) continue;
    for (let at = 0; at < piece.tokens.length && motions.length < mostMotions; at += 1) {
      if (!page.program.isLive(piece, at)) continue;
      const motion = motionAt(page, targets, piece, at);
      if (motion !== null) motions.push(motion);
    }
    if (piece.event === 'onscroll')
      motions.push(motionOf(page, targets, piece, 0, wholeOf(piece), 'scroll', true));
  }
  return motions;
}

function motionAt(page: PageModel, targets: Targets, piece: Piece, at: number): Motion | null {
  const token = piece.tokens[at];
  if (token?.type !== 'name') return null;
  const next = piece.tokens[at + 1]?.text;
  if (timers.has(token.text) && next === '(' && piece.partner[at + 1] !== -1) {
    const callback = callbackAt(page.program, piece, at + 2);
    if (callback === null) return null;
    const repeats = token.text === 'setInterval' || callsTimer(closureOf(page.program, callback));
    return motionOf(page, targets, piece, at, callback, 'timer', repeats);
  }
  const handler = scrollHandler(piece, at);
  const callback = handler === null ? null : callbackAt(page.program, piece, handler);
  return callback === null ? null : motionOf(page, targets, piece, at, callback, 'scroll', true);
}

/** Index of the function given to `window.onscroll =`, `addEventListener('scroll',` or `$(window).scroll(`. */
function scrollHandler(piece: Piece, at: number): number | null {
  const [token, next, after] = [
    piece.tokens[at]?.text ?? '',
    piece.tokens[at + 1]?.text,
    piece.tokens[at + 2],
  ];
  if (token === 'onscroll' && next === '=') return at + 2;
  if (/^(addEventListener|attachEvent|on|bind)$/.test(token) && next === '(') {
    return /^(on)?scroll$/.test(after?.text ?? '') && after?.type === 'string' ? at + 4 : null;
  }
  return token === 'scroll' && next === '(' && piece.tokens[at - 1]?.text === '.' ? at + 2 : null;
}

const callsTimer = (ranges: readonly Range[]): boolean =>
  ranges.some((range) => tokensOf(range).some(({ type, text }) => type === 'name' && timers.has(text)));

function motionOf(
  page: PageModel,
  targets: Targets,
  piece: Piece,
  at: number,
  callback: Range,
  trigger: Motion['trigger'],
  repeats: boolean,
): Motion {
  return {
    trigger,
    repeats,
    span: spanOfTokens(page, piece, at, at + 30),
    ...deedOf(page, targets, callback),
  };
}

/** What a callback does. Read once for every function, however many timers call it. */
type Deed = Pick<Motion, 'changes' | 'targets' | 'pictures' | 'readsScroll'>;
const deeds = new WeakMap<Range, Deed>();

function deedOf(page: PageModel, targets: Targets, callback: Range): Deed {
  const known = deeds.get(callback);
  if (known !== undefined) return known;
  const ranges = closureOf(page.program, callback);
  const deed = {
    changes: ranges.flatMap(changesIn).slice(0, mostChanges),
    targets: [...new Set(ranges.flatMap((range) => targets.in(range)))],
    pictures: picturesIn(ranges),
    readsScroll: ranges.some(readsScroll),
  };
  deeds.set(callback, deed);
  return deed;
}

export function picturesIn(ranges: readonly Range[]): string[] {
  const names = ranges.flatMap((range) =>
    tokensOf(range).filter(({ type, text }) => type === 'string' && isPictureName(text)),
  );
  return [...new Set(names.map(({ text }) => text))];
}

/** `document.documentElement.scrollTop`, `pageYOffset`, `$(window).scrollTop()`: of the page, not of a box in it. */
function readsScroll(range: Range): boolean {
  const { tokens } = range.piece;
  for (let at = range.from; at < range.to; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (/^(pageYOffset|pageXOffset|scrollY|scrollX)$/.test(text)) return true;
    if (!/^scroll(Top|Left)$/.test(text)) continue;
    const owner = tokens[at - 2]?.text ?? '';
    if (owner === 'documentElement' || owner === 'body' || tokens[at + 1]?.text === '(') return true;
  }
  return false;
}
