import { type Element, elementsBelow, tagSpanOf, textOf } from '../tree.ts';
import { type EffectContext, pictureCount, picturesBelow } from './context.ts';
import type { Motion } from './motions.ts';
import type { Sign } from './sign.ts';

type Page = EffectContext['page'];

/** Something small that stays in view or drifts: fixed, following the scroll, or bouncing. */
export function floatingAd(context: EffectContext): Sign[] {
  const { page } = context;
  const floating = [...fixed(page), ...context.motions.flatMap((motion) => moved(page, motion))];
  return floating.length > 0 ? floating : placed(page);
}

/** An ad that is only placed absolutely: worth showing, but it scrolls away with the page. */
function placed(page: Page): Sign[] {
  return page.tree.elements
    .filter((element) => page.cascade.value(element, 'position').startsWith('absolute'))
    .slice(0, mostFixed)
    .filter(
      (element) =>
        !page.cascade.isHidden(element) && isAdLike(page, element) && valuesOf(page, element).href !== '',
    )
    .map((element) => ({
      span: tagSpanOf(page.tree, element),
      technique: 'position-absolute',
      values: valuesOf(page, element),
      complete: false,
    }));
}

/** A box wider than this, in pixels, is a bar or a frame, not a floating ad. */
const widest = 400;
/** Fixed elements of one page that are looked at. */
const mostFixed = 100;

function fixed(page: Page): Sign[] {
  return page.tree.elements
    .filter((element) => page.cascade.value(element, 'position').startsWith('fixed'))
    .filter((element) => !page.cascade.isHidden(element) && element.name !== 'body')
    .slice(0, mostFixed)
    .map((element) => ({
      span: tagSpanOf(page.tree, element),
      technique: 'position-fixed',
      values: valuesOf(page, element),
      complete: isAdLike(page, element),
    }));
}

function valuesOf(page: Page, element: Element): Record<string, string> {
  const link = element.name === 'a' ? element : elementsBelow(element, 'a')[0];
  const around = (element.parent as Element | null)?.name === 'a' ? (element.parent as Element) : undefined;
  const picture = picturesBelow(element)[0]?.attribs.src;
  return {
    href: (link ?? around)?.attribs.href ?? '',
    picture: picture === undefined ? '' : (page.resolve(picture).file ?? picture),
    text: textOf(element).slice(0, 100),
  };
}

/** A navigation bar that stays at the top is fixed too, but no ad: an ad is small and holds a picture or a link. */
function isAdLike(page: Page, element: Element): boolean {
  if (/^(nav|header|footer)$/.test(element.name)) return false;
  const width = page.cascade.value(element, 'width');
  if (/^(100|[6-9]\d)(\.\d+)?%|100vw/.test(width) || Number.parseFloat(width) > widest) return false;
  const isStretched =
    /^0/.test(page.cascade.value(element, 'left')) && /^0/.test(page.cascade.value(element, 'right'));
  const links = elementsBelow(element, 'a').length + (element.name === 'a' ? 1 : 0);
  const hasPicture =
    pictureCount(page, element) > 0 || page.cascade.value(element, 'background').includes('url(');
  return !isStretched && (hasPicture || (links > 0 && links <= 3));
}

/** Absolute alone does not float: a script must follow the scroll, or move it over the page by itself. */
function moved(page: Page, motion: Motion): Sign[] {
  const movesX = motion.changes.some(({ property }) =>
    /^(left|right|pixelLeft|posLeft|marginLeft)$/.test(property),
  );
  const movesY = motion.changes.some(({ property }) =>
    /^(top|bottom|pixelTop|posTop|marginTop)$/.test(property),
  );
  const follows = motion.readsScroll && (movesX || movesY);
  const bounces = motion.trigger === 'timer' && motion.repeats && movesX && movesY;
  if (!follows && !bounces) return [];
  const floating = motion.targets.filter((element) => {
    const position = page.cascade.value(element, 'position');
    return /^(absolute|fixed)/.test(position) && !page.cascade.isHidden(element);
  });
  const technique = follows ? 'follows-scroll' : 'bounces';
  const element = floating.find((each) => isAdLike(page, each)) ?? floating[0];
  const values = element === undefined ? {} : valuesOf(page, element);
  return [
    { span: motion.span, technique, values, complete: element !== undefined && isAdLike(page, element) },
  ];
}
