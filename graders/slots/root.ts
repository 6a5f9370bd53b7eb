import { type Asked, fitFor, guess } from './compare.ts';
import { nameOf } from './name.ts';

/** How many folders below the submission's root the work may begin (D1). */
const deepest = 2;

/** `a/b/c.jpg` ▶ `a/`, `a/b/`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1).slice(0, deepest);
  return parts.map((_, i) => `${parts.slice(0, i + 1).join('/')}/`);
}

/** Slots that a folder fills under their own name and place, case aside. */
function filledBelow(root: string, asked: readonly (readonly Asked[])[], paths: readonly string[]): number {
  const files = paths.filter((path) => path.startsWith(root)).map((path) => nameOf(path.slice(root.length)));
  const inPlace = (one: readonly Asked[]): boolean =>
    files.some((file) => {
      const found = fitFor(one, file);
      return found !== null && found.weight < guess && !(found.how ?? '').includes('other-folder');
    });
  return asked.filter(inPlace).length;
}

/**
 * The folder (with its `/`) that slots' paths are read from: the submission's root, unless a folder below fills more
 * slots than it. Where two folders fill equally many, the root stays and both count as other folders.
 */
export function rootOf(asked: readonly (readonly Asked[])[], paths: readonly string[]): string {
  const roots = [...new Set(paths.flatMap(foldersAbove))].sort();
  let best = { root: '', count: filledBelow('', asked, paths), tied: false };
  for (const root of roots) {
    const count = filledBelow(root, asked, paths);
    if (count > best.count) best = { root, count, tied: false };
    else if (count === best.count && best.root !== '') best = { ...best, tied: true };
  }
  return best.tied ? '' : best.root;
}
