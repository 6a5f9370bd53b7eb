import type { PageModel } from '../page.ts';
import type { Piece } from '../program.ts';
import { spanOfTokens } from '../script-references.ts';
import { shownPictures } from './context.ts';
import type { Sign } from './sign.ts';

/** Plug-in ▶ whether it turns by itself unless told otherwise, and the option that tells. */
const sliders: Readonly<Record<string, { byItself: boolean; option: RegExp }>> = {
  Swiper: { byItself: false, option: /^autoplay$/ },
  swiper: { byItself: false, option: /^autoplay$/ },
  owlCarousel: { byItself: false, option: /^(autoplay|autoPlay)$/ },
  slick: { byItself: false, option: /^autoplay$/ },
  slide: { byItself: false, option: /^autoPlay$/ },
  flexslider: { byItself: true, option: /^slideshow$/ },
  KinSlideshow: { byItself: true, option: /^$/ },
  nivoSlider: { byItself: true, option: /^manualAdvance$/ },
  bxSlider: { byItself: false, option: /^auto$/ },
  unslider: { byItself: false, option: /^autoplay$/ },
  carousel: { byItself: true, option: /^interval$/ },
  carouFredSel: { byItself: true, option: /^auto$/ },
  cycle: { byItself: true, option: /^timeout$/ },
  carouselLite: { byItself: false, option: /^auto$/ },
  jCarouselLite: { byItself: false, option: /^auto$/ },
};

/** A slider library is called on the page. Whether its files are there and run is for a browser to see. */
export function sliderPlugins(page: PageModel): Sign[] {
  const own = page.program.pieces.filter(({ library }) => !library);
  return own.flatMap((piece) => piece.tokens.flatMap((_, at) => sliderAt(page, piece, at)));
}

function sliderAt(page: PageModel, piece: Piece, at: number): Sign[] {
  const name = piece.tokens[at]?.text ?? '';
  const before = piece.tokens[at - 1]?.text;
  const isCall = piece.tokens[at + 1]?.text === '(' && (before === '.' || before === 'new');
  if (!isCall || !Object.hasOwn(sliders, name) || !page.program.isLive(piece, at)) return [];
  const close = Math.max(piece.partner[at + 1] ?? -1, at + 1);
  const automatic = turnsByItself(
    name,
    piece.tokens.slice(at + 2, close).map(({ text }) => text),
  );
  return [
    {
      span: spanOfTokens(page, piece, at, close + 1),
      technique: `plugin-${name}`,
      values: { automatic: automatic ? 'yes' : 'no', ...sliderPictures(page) },
      complete: false,
    },
  ];
}

/** @param given the tokens of the options */
function turnsByItself(name: string, given: readonly string[]): boolean {
  const slider = sliders[name];
  if (slider === undefined) return false;
  const option = given.findIndex((text) => slider.option.test(text));
  if (option === -1) return slider.byItself;
  const isOff = given[option + 2] === 'false' || given[option + 2] === '0';
  // Nivo's option turns it off.
  return name === 'nivoSlider' ? isOff : !isOff;
}

const sliderBox =
  /(^|[\s_-])(swiper|owl|slick|slide|slides|slider|slidebox|flexslider|carousel|banner|focus|bd|nivoslider)/i;

function sliderPictures(page: PageModel): { pictures: string; count: string } {
  const boxes = page.tree.elements.filter(({ attribs }) =>
    sliderBox.test(`${attribs.class ?? ''} ${attribs.id ?? ''}`),
  );
  const pictures = shownPictures(page, boxes.slice(0, 50));
  return { pictures: pictures.join('|'), count: String(pictures.length) };
}
