import type { HoverRule } from '../cascade.ts';
import { isPictureName } from '../names.ts';
import { type Range, tokensOf } from '../program.ts';
import { spanAt } from '../source.ts';
import { urlsIn } from '../style.ts';
import type { Element } from '../tree.ts';
import { changesIn } from './changes.ts';
import { type EffectContext, pictureCount, picturesBelow, shownPictures } from './context.ts';
import type { Hover } from './hovers.ts';
import { pairOf, pairValues } from './pair.ts';
import type { Sign } from './sign.ts';
import { swapImages } from './swap-image.ts';

type Page = EffectContext['page'];

/** A picture that changes under the mouse: Dreamweaver's swap, scripts, CSS backgrounds, stacked pictures (C17). */
export function rolloverImage(context: EffectContext): Sign[] {
  const { page } = context;
  return [
    ...swapImages(context),
    ...context.hovers.flatMap((hover) => scripted(page, hover)),
    ...page.cascade.hovers.flatMap((rule) => [...background(page, rule), ...stacked(page, rule)]),
  ];
}

/** `onmouseover="this.src='b.jpg'"`, `$('#nav img').hover(…attr('src', …))`. */
function scripted(page: Page, hover: Hover): Sign[] {
  // Its body sets a src too, but what it is called with says more.
  if (hover.enter.some((range) => tokensOf(range).some(({ text }) => text === 'MM_swapImage'))) return [];
  const swap = hover.enter.map(sourceSet).find((set) => set !== null);
  if (swap === undefined || swap === null) return [];
  const picture = hover.elements.flatMap(picturesBelow).find((img) => !page.cascade.isHidden(img));
  const pair = pairValues(page, picture?.attribs.src ?? null, swap.picture);
  const restores = hover.leave.some((range) => changesIn(range).some(({ property }) => property === 'src'));
  return [
    {
      span: hover.span,
      technique: `script-${hover.how}`,
      values: { ...pair.values, restores: restores ? 'yes' : 'no' },
      complete: picture !== undefined && pair.works,
    },
  ];
}

/** The picture given to a `src`: the first picture name after it in the same statement; null when it is computed. */
function sourceSet(range: Range): { picture: string | null } | null {
  const change = changesIn(range).find(({ property }) => property === 'src');
  if (change === undefined) return null;
  const { tokens } = range.piece;
  for (let at = change.at + 1; at < range.to && tokens[at]?.text !== ';'; at += 1) {
    const token = tokens[at];
    if (token?.type === 'string' && isPictureName(token.text)) return { picture: token.text };
  }
  return { picture: null };
}

/** `a:hover { background: url(b.jpg) }` or another `background-position` of one picture. Leaving restores by itself. */
function background(page: Page, rule: HoverRule): Sign[] {
  const from = rule.sheet.source.path;
  const shown = rule.declarations.filter(({ property }) =>
    /^background(-image|-position(-[xy])?)?$/.test(property),
  );
  const element = rule.elements.find((each) => !page.cascade.isHidden(each));
  if (shown.length === 0 || element === undefined) return [];
  const normal = backgroundOf(page, element);
  const target = shown.flatMap(({ value }) => urlsIn(value))[0]?.target;
  const span = spanAt(rule.sheet.source, rule.start, rule.end);
  if (target !== undefined) {
    const file = page.resolve(target, from).file;
    const pair = pairOf(page, normal, file ?? target, file !== null);
    return [
      { span, technique: 'css-hover', values: { ...pair.values, restores: 'yes' }, complete: pair.works },
    ];
  }
  const moves = shown.some(
    ({ property, value }) => property.startsWith('background-position') || /\d/.test(value),
  );
  if (!moves || normal === null) return [];
  const values = {
    pictures: `${normal}|${normal}`,
    found: 'yes',
    same: 'no',
    sprite: 'yes',
    restores: 'yes',
  };
  return [{ span, technique: 'css-sprite', values, complete: page.library.hash(normal) !== null }];
}

/** The background picture an element has without the mouse: a submitted file, or the name as written. */
function backgroundOf(page: Page, element: Element): string | null {
  for (const property of ['background-image', 'background']) {
    const styled = page.cascade.of(element, property);
    const target = styled === null ? undefined : urlsIn(styled.value)[0]?.target;
    if (target !== undefined) return page.resolve(target, styled?.rule?.sheet.source.path).file ?? target;
  }
  return null;
}

/** Two pictures on top of each other, one of which is shown or hidden under the mouse. */
function stacked(page: Page, rule: HoverRule): Sign[] {
  const isToggle = rule.declarations.some(
    ({ property, value }) =>
      property === 'display' || property === 'visibility' || (property === 'opacity' && isFullOrNone(value)),
  );
  if (!isToggle) return [];
  for (const element of rule.elements) {
    const around = element.parent as Element | null;
    if (pictureCount(page, element) === 0 || around === null || pictureCount(page, around) !== 2) continue;
    const pictures = shownPictures(page, [around]);
    const [first, second] = pictures;
    if (first === undefined || second === undefined) continue;
    const pair = pairOf(page, first, second, page.library.hash(second) !== null);
    const span = spanAt(rule.sheet.source, rule.start, rule.end);
    return [
      { span, technique: 'css-stacked', values: { ...pair.values, restores: 'yes' }, complete: pair.works },
    ];
  }
  return [];
}

/** `opacity: .8` on hover is a decoration; only all or nothing shows another picture. */
const isFullOrNone = (value: string): boolean => /^(0|0?\.0+|1|1\.0+|100%|0%)$/.test(value.trim());
