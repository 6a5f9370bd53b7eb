import type { PageFact } from '../../schema.ts';
import type { PageModel } from '../page.ts';
import { carousel } from './carousel.ts';
import { contextOf } from './context.ts';
import { floatingAd } from './floating-ad.ts';
import { imageZoom } from './image-zoom.ts';
import { rolloverImage } from './rollover-image.ts';
import { scrollingText } from './scrolling-text.ts';
import { effectFrom } from './sign.ts';

/** What the code of a page says about the five dynamic effects. Nothing is run. */
export function effectsOf(page: PageModel): PageFact['effects'] {
  const context = contextOf(page);
  return {
    scrollingText: effectFrom(scrollingText(context)),
    rolloverImage: effectFrom(rolloverImage(context)),
    imageZoom: effectFrom(imageZoom(context)),
    carousel: effectFrom(carousel(context)),
    floatingAd: effectFrom(floatingAd(context)),
  };
}
