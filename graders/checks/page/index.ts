import type { Check } from '../../check.ts';
import { carousel } from './carousel.ts';
import { dataTable } from './data-table.ts';
import { floatingAd } from './floating-ad.ts';
import { imageZoom } from './image-zoom.ts';
import { layoutTable } from './layout-table.ts';
import { pageDescription } from './page-description.ts';
import { pageImages } from './page-images.ts';
import { pageKeywords } from './page-keywords.ts';
import { pageLink } from './page-link.ts';
import { pageTitle } from './page-title.ts';
import { pageWidth } from './page-width.ts';
import { rolloverImage } from './rollover-image.ts';
import { scrollingText } from './scrolling-text.ts';

/** Checks of web pages: page-5 to page-8. */
export const pageChecks: readonly Check[] = [
  pageTitle,
  pageKeywords,
  pageDescription,
  layoutTable,
  pageWidth,
  dataTable,
  pageImages,
  pageLink,
  scrollingText,
  rolloverImage,
  imageZoom,
  carousel,
  floatingAd,
];
