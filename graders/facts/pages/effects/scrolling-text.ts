import { spanAt } from '../source.ts';
import { type Element, elementsOf, spanOf, tagSpanOf, textOf } from '../tree.ts';
import { animationOf } from './animation.ts';
import { directionOf } from './changes.ts';
import { type EffectContext, pictureCount } from './context.ts';
import type { Sign } from './sign.ts';

/** Longest text that is quoted in the values. */
const longestText = 300;

/** Scrolling text: marquee, a timer that moves a box of text, CSS keyframes, marquee plug-ins. */
export function scrollingText(context: EffectContext): Sign[] {
  return [...marquees(context), ...timers(context), ...keyframes(context), ...plugins(context)];
}

/** C13, C14: speed 0 does not move; an element that holds only pictures scrolls, but no text. */
function marquees({ page }: EffectContext): Sign[] {
  return elementsOf(page.tree, 'marquee')
    .filter((element) => !page.cascade.isHidden(element))
    .map((element) => {
      const { attribs } = element;
      const text = textOf(element);
      const pictures = pictureCount(page, element);
      const moves = !isZero(attribs.scrollamount);
      const values: Record<string, string> = {
        direction: directionAttribute(attribs.direction),
        text: text.slice(0, longestText),
        behavior: attribs.behavior?.trim().toLowerCase() || 'scroll',
        loop: attribs.loop?.trim() || '-1',
        scrollamount: attribs.scrollamount?.trim() || '6',
        moves: moves ? 'yes' : 'no',
        pictures: String(pictures),
      };
      if (element.sourceCodeLocation && !element.sourceCodeLocation.endTag) values.unclosed = 'yes';
      return {
        span: spanOf(page.tree, element),
        technique: 'marquee',
        values,
        complete: moves && text !== '',
      };
    });
}

const directions = new Set(['left', 'right', 'up', 'down']);

/** What a browser makes of the attribute: anything it does not know is left. */
function directionAttribute(written: string | undefined): string {
  const direction = written?.trim().toLowerCase() ?? '';
  return directions.has(direction) ? direction : 'left';
}

/** HTML's integer rule: leading digits count, anything else is no number and the default of 6 holds. */
function isZero(amount: string | undefined): boolean {
  return /^\s*\+?0+(?!\d)/.test(amount ?? '');
}

const moving = new Set(
  'left right top marginLeft marginTop marginRight scrollLeft scrollTop transform pixelLeft pixelTop posLeft posTop'.split(
    ' ',
  ),
);

function timers({ page, motions }: EffectContext): Sign[] {
  const signs: Sign[] = [];
  for (const motion of motions) {
    const moves = motion.changes.filter(({ property }) => moving.has(property));
    if (motion.trigger !== 'timer' || !motion.repeats || motion.readsScroll || moves.length === 0) continue;
    const boxes = motion.targets.filter(
      (element) => isTextBox(page, element) && !page.cascade.isHidden(element),
    );
    const holdsPictures = motion.targets.some((element) => pictureCount(page, element) > 0);
    if (boxes.length === 0 && (holdsPictures || motion.pictures.length > 0)) continue;
    const text = boxes[0] === undefined ? '' : textOf(boxes[0]);
    const values: Record<string, string> = { text: text.slice(0, longestText), moves: 'yes', pictures: '0' };
    const direction = moves.map(directionOf).find((each) => each !== null);
    if (direction !== undefined && direction !== null) values.direction = direction;
    signs.push({ span: motion.span, technique: 'timer', values, complete: text !== '' });
  }
  return signs;
}

const isTextBox = (page: EffectContext['page'], element: Element): boolean =>
  pictureCount(page, element) === 0 && textOf(element).length > 1;

const frameProperties =
  /^(left|right|top|margin|margin-left|margin-top|margin-right|transform|translate|-webkit-transform|text-indent)$/;

/** An element whose animation names keyframes that move it. */
function keyframes({ page }: EffectContext): Sign[] {
  const signs: Sign[] = [];
  for (const element of page.tree.elements) {
    const animation = animationOf(page, element);
    if (animation === null || page.cascade.isHidden(element) || !isTextBox(page, element)) continue;
    if (![...animation.changes].some((property) => frameProperties.test(property))) continue;
    const values = {
      text: textOf(element).slice(0, longestText),
      moves: 'yes',
      pictures: '0',
      animation: animation.name,
    };
    signs.push({
      span: animation.span ?? tagSpanOf(page.tree, element),
      technique: 'css-keyframes',
      values,
      complete: true,
    });
  }
  return signs;
}

const marqueePlugin =
  /^(kxbdMarquee|kxbdSuperMarquee|liMarquee|marquee|Marquee|textScroll|scrollForever|myScroll|vTicker)$/;

/** A plug-in is called; whether its library is there and text is in its box only a browser can tell. */
function plugins({ page }: EffectContext): Sign[] {
  return page.program.pieces.flatMap((piece) =>
    piece.library
      ? []
      : piece.tokens.flatMap((token, at) => {
          const isCall = piece.tokens[at - 1]?.text === '.' && piece.tokens[at + 1]?.text === '(';
          if (!isCall || !marqueePlugin.test(token.text) || !page.program.isLive(piece, at) || !piece.place)
            return [];
          const { source, offset } = piece.place;
          const span = spanAt(source, token.start + offset, token.end + offset);
          return [{ span, technique: 'plugin', values: { plugin: token.text }, complete: false }];
        }),
  );
}
