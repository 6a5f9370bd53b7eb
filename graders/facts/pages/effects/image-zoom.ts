import type { HoverRule } from '../cascade.ts';
import { spanOfTokens } from '../script-references.ts';
import { spanAt } from '../source.ts';
import { widthOf } from '../tables.ts';
import type { Element } from '../tree.ts';
import { changesIn } from './changes.ts';
import { type EffectContext, pictureCount, picturesBelow, shownPictures } from './context.ts';
import type { Hover } from './hovers.ts';
import type { Sign } from './sign.ts';

type Page = EffectContext['page'];

/** A picture that grows under the mouse: CSS, scripts, Dreamweaver's grow effect, magnifier plug-ins. */
export function imageZoom(context: EffectContext): Sign[] {
  const { page } = context;
  return [
    ...page.cascade.hovers.flatMap((rule) => styled(page, rule)),
    ...context.hovers.flatMap((hover) => scripted(page, hover)),
    ...plugins(page),
  ];
}

/** Pictures of one rule that are named in its values. */
const mostShown = 20;

function styled(page: Page, rule: HoverRule): Sign[] {
  const pictures = rule.elements.filter(
    (each) => pictureCount(page, each) > 0 && !page.cascade.isHidden(each),
  );
  const element = pictures[0];
  if (element === undefined) return [];
  const growth = growthOf(page, rule, element);
  if (growth === null) return [];
  const shown = shownPictures(page, pictures.slice(0, mostShown)).join('|');
  const span = spanAt(rule.sheet.source, rule.start, rule.end);
  const values = { pictures: shown, factor: growth.factor, restores: 'yes' };
  return [{ span, technique: 'css-hover', values, complete: growth.certain }];
}

interface Growth {
  factor: string;
  certain: boolean;
}

/** How much larger a hover rule makes an element; null when it does not. */
function growthOf(page: Page, rule: HoverRule, element: Element): Growth | null {
  for (const { property, value } of rule.declarations) {
    const scale = scaleOf(property, value);
    if (scale !== null && scale > 1) return { factor: String(scale), certain: true };
    if (property === 'width' || property === 'height') {
      const growth = growthOfLength(page, element, property, value);
      if (growth !== null) return growth;
    }
  }
  return null;
}

function scaleOf(property: string, value: string): number | null {
  if (/^(-\w+-)?transform$/.test(property)) {
    const scale = /\bscale(?:3d|x|y)?\(\s*([\d.]+)/i.exec(value)?.[1];
    return scale === undefined ? null : Number.parseFloat(scale);
  }
  if (property !== 'zoom' && property !== 'scale') return null;
  const number = Number.parseFloat(value);
  return Number.isFinite(number) ? number / (value.includes('%') ? 100 : 1) : null;
}

/** Only when both sizes are known is it certain that the new one is larger. */
function growthOfLength(
  page: Page,
  element: Element,
  property: 'width' | 'height',
  value: string,
): Growth | null {
  const size = pixels(value);
  if (size === null) return /%|em|vw/.test(value) ? { factor: value, certain: false } : null;
  const before = pixels((property === 'width' ? widthOf(page, element) : heightOf(page, element)) ?? '');
  if (before === null || before === 0) return { factor: value, certain: false };
  return size > before ? { factor: String(size / before), certain: true } : null;
}

function heightOf(page: Page, element: Element): string | null {
  return page.cascade.of(element, 'height')?.value ?? element.attribs.height ?? null;
}

function pixels(length: string): number | null {
  const number = /^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$/i.exec(length)?.[1];
  return number === undefined ? null : Number.parseFloat(number);
}

const sizes = new Set(['width', 'height', 'zoom', 'transform', 'webkitTransform']);

function scripted(page: Page, hover: Hover): Sign[] {
  const pictures = hover.elements.flatMap(picturesBelow).filter((img) => !page.cascade.isHidden(img));
  const changes = hover.enter.flatMap(changesIn).filter(({ property }) => sizes.has(property));
  const change = changes[0];
  if (change === undefined || pictures.length === 0) return grown(page, hover, pictures);
  const written = numberAfter(change.range.piece.tokens, change.at, change.range.to);
  const factor = isScale(change.property) ? written : ratioTo(page, pictures[0], change.property, written);
  if (factor !== null && factor <= 1) return [];
  const restores = hover.leave.some((range) => changesIn(range).some(({ property }) => sizes.has(property)));
  const values = {
    pictures: shownPictures(page, pictures).join('|'),
    factor: factor === null ? '' : String(factor),
    restores: restores ? 'yes' : 'no',
  };
  return [{ span: hover.span, technique: `script-${hover.how}`, values, complete: factor !== null }];
}

const isScale = (property: string): boolean => property === 'zoom' || /transform/i.test(property);

function ratioTo(
  page: Page,
  picture: Element | undefined,
  property: string,
  size: number | null,
): number | null {
  if (picture === undefined || size === null) return null;
  const stated = property === 'height' ? heightOf(page, picture) : widthOf(page, picture);
  const before = pixels(stated ?? '');
  return before === null || before === 0 ? null : size / before;
}

/** The first number in what is assigned: of `300`, `'300px'` or `'scale(1.2)'`. */
function numberAfter(
  tokens: readonly { type: string; text: string }[],
  at: number,
  end: number,
): number | null {
  for (let index = at + 1; index < end && tokens[index]?.text !== ';'; index += 1) {
    const token = tokens[index];
    if (token?.type !== 'number' && token?.type !== 'string') continue;
    const number = Number.parseFloat(/\d+(?:\.\d+)?|\.\d+/.exec(token.text)?.[0] ?? '');
    if (Number.isFinite(number)) return token.text.includes('%') ? number / 100 : number;
  }
  return null;
}

/** Dreamweaver's effect, which needs its Spry library beside the page. */
function grown(page: Page, hover: Hover, pictures: readonly Element[]): Sign[] {
  const calls = hover.enter.some((range) =>
    range.piece.tokens.slice(range.from, range.to).some(({ text }) => text === 'MM_effectGrowShrink'),
  );
  if (!calls) return [];
  const values = { pictures: shownPictures(page, pictures).join('|'), factor: '', restores: 'no' };
  return [
    {
      span: hover.span,
      technique: 'mm-grow',
      values,
      complete: page.program.functions.has('MM_effectGrowShrink'),
    },
  ];
}

const magnifiers =
  /^(jqzoom|jqueryzoom|imagezoom|ImageZoom|elevateZoom|zoomTool|magnify|fancybox|lightBox|lightbox|loupe|zoom)$/;

function plugins(page: Page): Sign[] {
  return page.program.pieces
    .filter(({ library, place }) => !library && place !== null)
    .flatMap((piece) =>
      piece.tokens.flatMap((token, at) => {
        const isCall = piece.tokens[at - 1]?.text === '.' && piece.tokens[at + 1]?.text === '(';
        if (!isCall || !magnifiers.test(token.text) || !page.program.isLive(piece, at)) return [];
        const span = spanOfTokens(page, piece, at, at + 1);
        return [
          { span, technique: 'plugin', values: { plugin: token.text, restores: 'yes' }, complete: false },
        ];
      }),
    );
}
