import { isPictureName } from '../names.ts';
import type { PageModel } from '../page.ts';
import { type Element, elementsBelow } from '../tree.ts';
import { type Hover, hoversOf } from './hovers.ts';
import { type Motion, motionsOf } from './motions.ts';
import { Targets } from './targets.ts';

/** What all effects are looked for in; made once per page. */
export interface EffectContext {
  readonly page: PageModel;
  readonly motions: readonly Motion[];
  readonly hovers: readonly Hover[];
}

export function contextOf(page: PageModel): EffectContext {
  const targets = new Targets(page);
  return { page, motions: motionsOf(page, targets), hovers: hoversOf(page, targets) };
}

/** Pictures an element is or holds. */
export function picturesBelow(element: Element): Element[] {
  const own = element.name === 'img' ? [element] : [];
  return [...own, ...elementsBelow(element, 'img')];
}

/** How many pictures an element is or holds. */
export const pictureCount = (page: PageModel, element: Element): number =>
  page.tree.pictures.get(element) ?? 0;

/** The submitted file of a picture, else the name as written. */
export function pictureName(page: PageModel, target: string, from?: string): string {
  return page.resolve(target, from).file ?? target;
}

/** Names of the pictures an element shows, each once. */
export function shownPictures(page: PageModel, elements: readonly Element[]): string[] {
  const sources = elements.flatMap(picturesBelow).map(({ attribs }) => attribs.src ?? '');
  return [...new Set(sources.filter((source) => source !== '').map((source) => pictureName(page, source)))];
}

export const namesOf = (page: PageModel, names: readonly string[]): string[] => [
  ...new Set(names.filter(isPictureName).map((name) => pictureName(page, name))),
];
