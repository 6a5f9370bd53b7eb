import type { PageFact, ReferenceFact } from '../schema.ts';
import type { PageModel } from './page.ts';
import { type Element, elementsOf } from './tree.ts';

/** Which means of layout a page uses. */
export function layoutOf(page: PageModel, tables: PageFact['tables']): PageFact['layout'] {
  const has = (...tags: string[]): boolean => tags.some((tag) => elementsOf(page.tree, tag).length > 0);
  return {
    table: tables.some(({ layout }) => layout),
    frameset: has('frameset'),
    iframe: has('iframe'),
    layer:
      has('layer', 'ilayer') || elementsOf(page.tree, 'div').some((element) => isPositioned(page, element)),
    form: has('form'),
    cssDiv: elementsOf(page.tree, 'div', 'section', 'main', 'aside', 'nav', 'header', 'footer').some(
      (element) => isPlaced(page, element),
    ),
  };
}

/** What Dreamweaver calls 层 (AP Div): a div with a position of its own, unlike any other div (C22). */
function isPositioned(page: PageModel, element: Element): boolean {
  return /^(absolute|fixed|relative)/.test(page.cascade.value(element, 'position'));
}

/** CSS gives the block its place or measure: floated, a grid or a flex box, or as wide as stated. */
function isPlaced(page: PageModel, element: Element): boolean {
  const value = (property: string): string => page.cascade.value(element, property);
  return (
    /^(left|right)/.test(value('float')) ||
    /^(inline-)?(flex|grid)/.test(value('display')) ||
    value('width') !== ''
  );
}

/** Counts of what stands on a page. */
export function elementCounts(page: PageModel, references: readonly ReferenceFact[]): PageFact['elements'] {
  const count = (...tags: string[]): number =>
    tags.reduce((sum, tag) => sum + elementsOf(page.tree, tag).length, 0);
  const pictures = references.filter(({ kind, span }) => kind === 'img' && span.path === page.path);
  return {
    images: count('img') + elementsOf(page.tree, 'input').filter(isPictureButton).length,
    brokenImages: pictures.filter(({ state }) => state === 'missing').length,
    tables: count('table'),
    forms: count('form'),
    media: elementsOf(page.tree, 'embed', 'object', 'video', 'audio', 'bgsound').filter(isOuterMedia).length,
    links: linkCounts(references.filter(({ kind }) => kind === 'link')),
  };
}

const isPictureButton = ({ attribs }: Element): boolean => attribs.type?.toLowerCase() === 'image';

/** Flash is written twice, an embed inside an object, but is one thing. */
function isOuterMedia(element: Element): boolean {
  return !/^(object|video|audio)$/.test((element.parent as Element | null)?.name ?? '');
}

function linkCounts(links: readonly ReferenceFact[]): PageFact['elements']['links'] {
  const count = (states: RegExp): number => links.filter(({ state }) => states.test(state)).length;
  return {
    internal: count(/^(ok|ok-on-windows|anchor)$/),
    // A path of the candidate's own machine leads nowhere on any other.
    broken: count(/^(missing|absolute-path)$/),
    external: count(/^(external|mail)$/),
    empty: count(/^empty-anchor$/),
  };
}
