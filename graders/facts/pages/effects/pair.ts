import type { PageModel } from '../page.ts';

/** The two pictures of a rollover, and whether they can be seen to change (C16: present, and not the same bytes). */
export interface Pair {
  readonly values: { pictures: string; found: string; same: string };
  readonly works: boolean;
}

/**
 * @param normal the picture shown first as written, null when none is known
 * @param hover the picture under the mouse as written, null when it cannot be read from the code
 * @param from the file in which `hover` is written, for style sheets
 */
export function pairValues(
  page: PageModel,
  normal: string | null,
  hover: string | null,
  from?: string,
): Pair {
  const first = normal === null ? null : page.resolve(normal).file;
  const second = hover === null ? null : page.resolve(hover, from).file;
  return pairOf(page, first ?? normal, second ?? hover, second !== null);
}

/** The same for names that are resolved already. */
export function pairOf(page: PageModel, first: string | null, second: string | null, isFound: boolean): Pair {
  const hashes = [first, second].map((path) => (path === null ? null : page.library.hash(path)));
  const isSame = first === second || (hashes[0] !== null && hashes[0] === hashes[1]);
  return {
    values: {
      pictures: `${first ?? ''}|${second ?? ''}`,
      found: isFound ? 'yes' : 'no',
      same: first !== null && isSame ? 'yes' : 'no',
    },
    works: isFound && first !== null && !isSame,
  };
}
