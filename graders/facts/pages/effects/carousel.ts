import { fileNamesIn, isPictureName } from '../names.ts';
import { flashVariables } from '../script-references.ts';
import { type Element, elementsBelow, elementsOf, tagSpanOf } from '../tree.ts';
import { animationOf } from './animation.ts';
import { type EffectContext, namesOf, pictureCount, shownPictures } from './context.ts';
import type { Motion } from './motions.ts';
import { picturesInProgram } from './pictures.ts';
import type { Sign } from './sign.ts';
import { sliderPlugins } from './sliders.ts';

type Page = EffectContext['page'];

/** Pictures that take turns: timers, slider plug-ins, Bootstrap, CSS keyframes, Flash players. */
export function carousel(context: EffectContext): Sign[] {
  const { page } = context;
  return [
    ...context.motions.flatMap((motion) => timed(page, motion)),
    ...sliderPlugins(page),
    ...bootstrap(page),
    ...keyframes(page),
    ...flash(page),
  ];
}

const turning = new Set(
  (
    'src display opacity visibility zIndex left top marginLeft marginTop scrollLeft scrollTop transform className ' +
    'backgroundImage background backgroundPosition filter filters innerHTML'
  ).split(' '),
);

/** A timer that shows one of at least two pictures after the other. */
function timed(page: Page, motion: Motion): Sign[] {
  const turns = motion.changes.filter(({ property }) => turning.has(property));
  if (motion.trigger !== 'timer' || !motion.repeats || motion.readsScroll || turns.length === 0) return [];
  const pictures = picturesOf(page, motion);
  if (pictures.length < 2) return [];
  const isShown =
    motion.targets.length === 0 ||
    motion.targets.some((element) => !page.cascade.isHidden(element) || isSlide(page, element));
  if (!isShown) return [];
  const values = { pictures: pictures.join('|'), count: String(pictures.length), automatic: 'yes' };
  return [{ span: motion.span, technique: 'timer', values, complete: motion.targets.length > 0 }];
}

/** A slide is hidden while another is shown; what is around them is not. */
function isSlide(page: Page, element: Element): boolean {
  const around = element.parent as Element | null;
  return around !== null && 'attribs' in around && !page.cascade.isHidden(around);
}

function picturesOf(page: Page, motion: Motion): string[] {
  const shown = shownPictures(page, motion.targets);
  const changesSource = motion.changes.some(({ property }) =>
    /^(src|background|backgroundImage|innerHTML)$/.test(property),
  );
  if (!changesSource) return shown;
  const named = namesOf(page, motion.pictures);
  const all = named.length >= 2 ? named : [...named, ...picturesInProgram(page)];
  return [...new Set([...shown, ...all])];
}

/** `data-ride="carousel"` starts by itself, once the library is there. */
function bootstrap(page: Page): Sign[] {
  return page.tree.elements
    .filter(({ attribs }) => /^carousel$/i.test(attribs['data-ride'] ?? attribs['data-bs-ride'] ?? ''))
    .filter((element) => !page.cascade.isHidden(element))
    .map((element) => {
      const pictures = shownPictures(page, [element]);
      const hasLibrary = elementsOf(page.tree, 'script').some(
        ({ attribs }) =>
          /bootstrap/i.test(attribs.src ?? '') && page.resolve(attribs.src ?? '').file !== null,
      );
      const values = { pictures: pictures.join('|'), count: String(pictures.length), automatic: 'yes' };
      const complete = hasLibrary && pictures.length >= 2;
      return { span: tagSpanOf(page.tree, element), technique: 'bootstrap', values, complete };
    });
}

const frameProperties =
  /^(left|top|margin|margin-left|margin-top|transform|-webkit-transform|opacity|visibility|background|background-image|z-index)$/;

function keyframes(page: Page): Sign[] {
  const signs: Sign[] = [];
  for (const element of page.tree.elements) {
    const animation = animationOf(page, element);
    if (animation === null || ![...animation.changes].some((property) => frameProperties.test(property)))
      continue;
    const around =
      element.name === 'img' || pictureCount(page, element) === 1 ? (element.parent as Element) : element;
    const pictures = shownPictures(page, 'attribs' in around ? [around] : []);
    if (pictures.length < 2 || page.cascade.isHidden(element)) continue;
    const values = {
      pictures: pictures.join('|'),
      count: String(pictures.length),
      automatic: 'yes',
      animation: animation.name,
    };
    signs.push({
      span: animation.span ?? tagSpanOf(page.tree, element),
      technique: 'css-keyframes',
      values,
      complete: true,
    });
    if (signs.length > 20) break;
  }
  return signs;
}

const players = /(bcastr\w*|focus\w*|pixviewer|picviewer|imagerotator|slideflash)\.swf/i;

/** A Flash player with its pictures in FlashVars. No browser of today runs it: what is written is all there is (C25). */
function flash(page: Page): Sign[] {
  return elementsOf(page.tree, 'object', 'embed').flatMap((element) => {
    const parts = [element, ...elementsBelow(element, 'param', 'embed')];
    const isPlayer = parts.some(({ attribs }) =>
      players.test(`${attribs.src ?? ''} ${attribs.data ?? ''} ${attribs.value ?? ''}`),
    );
    const isInner = element.name === 'embed' && (element.parent as Element | null)?.name === 'object';
    if (!isPlayer || isInner) return [];
    const names = parts
      .flatMap(({ attribs }) => flashVariables(attribs))
      .flatMap(fileNamesIn)
      .filter(isPictureName);
    const pictures = namesOf(page, names);
    const values = { pictures: pictures.join('|'), count: String(pictures.length), automatic: 'yes' };
    return [
      { span: tagSpanOf(page.tree, element), technique: 'flash', values, complete: pictures.length >= 2 },
    ];
  });
}
