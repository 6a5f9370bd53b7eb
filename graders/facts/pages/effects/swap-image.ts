import { endOfArgument, type Piece } from '../program.ts';
import { type Element, tagSpanOf } from '../tree.ts';
import type { EffectContext } from './context.ts';
import { pairValues } from './pair.ts';
import type { Sign } from './sign.ts';

type Page = EffectContext['page'];

/**
 * Dreamweaver's swap: `MM_swapImage('Image2','','images/b2.jpg',1)`. Its arguments go in groups of three, the
 * name of the picture and its new source; its loop ends at `length-2`. It works only when the function was
 * copied too and the name is that of a picture on the page (C15).
 */
export function swapImages({ page }: EffectContext): Sign[] {
  return page.program.pieces
    .filter(({ event }) => /^onmouse(over|enter)$/.test(event ?? ''))
    .flatMap((piece) =>
      swapsIn(piece).flatMap(([name, source]) => swapOf(page, piece.element, name, source)),
    );
}

function swapOf(page: Page, element: Element | null, name: string, source: string): Sign[] {
  if (element === null || page.cascade.isHidden(element)) return [];
  const target = page.tree.byId.get(name) ?? page.tree.byName.get(name);
  const pair = pairValues(page, target?.attribs.src ?? null, source);
  const isDefined = page.program.functions.has('MM_swapImage');
  const values = {
    ...pair.values,
    restores: restores(page, element, name) ? 'yes' : 'no',
    defined: isDefined ? 'yes' : 'no',
    target: target === undefined ? 'no' : 'yes',
  };
  const complete = isDefined && target !== undefined && pair.works;
  return [{ span: tagSpanOf(page.tree, element), technique: 'mm-swap-image', values, complete }];
}

/** The `[name, source]` pairs of every MM_swapImage call in a handler. */
function swapsIn(piece: Piece): [name: string, source: string][] {
  const swaps: [string, string][] = [];
  for (const [at, token] of piece.tokens.entries()) {
    if (token.text !== 'MM_swapImage' || piece.tokens[at + 1]?.text !== '(') continue;
    const given = argumentsOf(piece, at + 1);
    for (let index = 0; index < given.length - 2; index += 3) {
      swaps.push([given[index] ?? '', given[index + 2] ?? '']);
    }
  }
  return swaps;
}

/** The text of each argument of a call, from its opening bracket. */
function argumentsOf(piece: Piece, open: number): string[] {
  const given: string[] = [];
  const close = piece.partner[open] ?? -1;
  const end = close === -1 ? piece.tokens.length : close;
  for (let at = open + 1; at < end; ) {
    const next = endOfArgument(piece, at);
    given.push(
      piece.tokens
        .slice(at, next)
        .map(({ text }) => text)
        .join(''),
    );
    at = next + 1;
  }
  return given;
}

/** Leaving puts the first picture back: the restoring function is called and exists, or swaps the same picture. */
function restores(page: Page, element: Piece['element'], name: string): boolean {
  return page.program.pieces.some((piece) => {
    if (piece.element !== element || !/^onmouse(out|leave)$/.test(piece.event ?? '')) return false;
    const calls = piece.tokens.some(({ text }) => text === 'MM_swapImgRestore');
    if (calls && page.program.functions.has('MM_swapImgRestore')) return true;
    return swapsIn(piece).some(([other]) => other === name);
  });
}
