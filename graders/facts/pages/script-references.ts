import type { ReferenceFact, Span } from '../schema.ts';
import { fileNamesIn } from './names.ts';
import type { PageModel } from './page.ts';
import type { Piece } from './program.ts';
import { spanAt } from './source.ts';
import { elementsOf, tagSpanOf } from './tree.ts';

/** Where a token of a script stands: in its file or page, or at the element whose attribute it is. */
export function spanOfTokens(page: PageModel, piece: Piece, from: number, to: number): Span {
  const start = piece.tokens[from]?.start ?? 0;
  const end = piece.tokens[Math.max(from, to - 1)]?.end ?? start;
  if (piece.place !== null)
    return spanAt(piece.place.source, start + piece.place.offset, end + piece.place.offset);
  if (piece.element !== null) return tagSpanOf(page.tree, piece.element);
  return spanAt(page.tree.source, 0, 0);
}

/** Names of files in strings of scripts and in Flash variables. Comments hold none. */
export function stringReferences(page: PageModel): ReferenceFact[] {
  const references: ReferenceFact[] = [];
  for (const piece of page.program.pieces) {
    for (const [index, token] of piece.tokens.entries()) {
      if (token.type !== 'string') continue;
      const span = (): Span => spanOfTokens(page, piece, index, index + 1);
      for (const target of fileNamesIn(token.text)) references.push(namedIn(page, target, span()));
      // A link that a handler opens: window.open('http://…'), location.href = '…'.
      if (piece.event !== null && /^https?:\/\//i.test(token.text.trim())) {
        references.push({
          span: span(),
          kind: 'script-link',
          target: token.text,
          file: null,
          state: 'external',
        });
      }
      const pattern = builtName(piece, index);
      if (pattern !== null) {
        references.push({
          span: span(),
          kind: 'script-string',
          target: pattern,
          file: null,
          state: 'pattern',
        });
      }
    }
  }
  return [...references, ...flashReferences(page)];
}

/**
 * A name in a script is relative to the page; one that is only there relative to the script's own folder still
 * counts as found, since nobody can tell without running it.
 */
function namedIn(page: PageModel, target: string, span: Span): ReferenceFact {
  if (target.includes('*')) return { span, kind: 'script-string', target, file: null, state: 'pattern' };
  const resolution = page.resolve(target);
  const found =
    resolution.state === 'missing' && span.path !== page.path ? page.resolve(target, span.path) : resolution;
  return { span, kind: 'script-string', target, ...found };
}

/** `'images/' + i + '.jpg'` as `images/*.jpg`: which file is meant shows only when the script runs. */
export function builtName(piece: Piece, index: number): string | null {
  const token = piece.tokens[index];
  if (token !== undefined && endsBuiltName(piece, index)) return `*${token.text}`;
  if (token === undefined || piece.tokens[index + 1]?.text !== '+' || piece.tokens[index - 1]?.text === '+')
    return null;
  const last = lastOfSum(piece, index);
  const suffix = last?.type === 'string' ? last.text : '';
  const isName = /[/\\]$|[/\\][\w.-]*$/.test(token.text) || /^[^<>"']*\.\w{2,5}$/.test(suffix);
  if (!isName || token.text.length > 200 || suffix.length > 200) return null;
  // Markup is written around the name: only the attribute's own beginning counts.
  const prefix = token.text.slice(
    Math.max(...['"', "'", '(', '='].map((mark) => token.text.lastIndexOf(mark))) + 1,
  );
  return `${prefix}*${/^[^"'<>)\s]*/.exec(suffix)?.[0] ?? ''}`;
}

/** `name + '.jpg'`: nothing is known before the extension. */
function endsBuiltName(piece: Piece, index: number): boolean {
  if (!/^\.\w{2,5}$/.test(piece.tokens[index]?.text ?? '') || piece.tokens[index - 1]?.text !== '+')
    return false;
  let first = index - 2;
  // Back to the beginning of the term: `(i + 1)`, `list[i]`, `item.name`.
  for (let before = previousPart(piece, first); before !== null; before = previousPart(piece, first))
    first = before;
  return piece.tokens[first - 1]?.text !== '+';
}

function previousPart(piece: Piece, at: number): number | null {
  const partner = piece.partner[at] ?? -1;
  if (partner >= 0 && partner < at) return partner;
  const isOpen = /^[([]$/.test(piece.tokens[at]?.text ?? '');
  if (isOpen) return piece.tokens[at - 1]?.type === 'name' ? at - 1 : null;
  return piece.tokens[at - 1]?.text === '.' ? at - 2 : null;
}

function lastOfSum(piece: Piece, from: number): Piece['tokens'][number] | undefined {
  let at = from;
  while (piece.tokens[at + 1]?.text === '+') {
    at += 2;
    if ((piece.partner[at] ?? -1) > at) at = piece.partner[at] ?? at;
    // A term may go on: `list[i]`, `item.name`, `next(i)`.
    while (/^[.[(]$/.test(piece.tokens[at + 1]?.text ?? '')) {
      at = piece.tokens[at + 1]?.text === '.' ? at + 2 : Math.max(piece.partner[at + 1] ?? 0, at + 1);
    }
  }
  return piece.tokens[at];
}

/** Flash variables of picture players: `pics=a.jpg|b.jpg&links=…` in a param, an attribute or the address itself. */
function flashReferences(page: PageModel): ReferenceFact[] {
  const references: ReferenceFact[] = [];
  for (const element of elementsOf(page.tree, 'param', 'embed', 'object')) {
    for (const text of flashVariables(element.attribs)) {
      for (const target of fileNamesIn(text))
        references.push(namedIn(page, target, tagSpanOf(page.tree, element)));
    }
  }
  return references;
}

export function flashVariables(attribs: Readonly<Record<string, string>>): string[] {
  const named = /^flashvars$/i.test(attribs.name?.trim() ?? '') ? attribs.value : undefined;
  const query = (attribs.src ?? attribs.data ?? '').split('?')[1];
  return [named, attribs.flashvars, query].filter((text) => text !== undefined);
}
