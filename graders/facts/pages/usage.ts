import type { PageFact } from '../schema.ts';
import { baseName, builtNameTest, foldPath } from './resolve.ts';

type Usage = 'yes' | 'no' | 'maybe';

/**
 * Whether each file is reached from the submission's entry pages: through markup, style sheets and names in
 * scripts (C11). A file that a script may build the name of (`'images/' + i + '.jpg'`) is `maybe`, and so are the
 * parts that Word keeps beside a saved page (C24).
 * @returns one entry for every file; an empty map when there is no page, where nothing can be said
 */
export function usageOf(
  pages: readonly PageFact[],
  files: readonly { readonly path: string }[],
): Map<string, Usage> {
  const usage = new Map<string, Usage>();
  if (pages.length === 0) return usage;
  const { reached, seen } = follow(pages);
  const patterns = seen.flatMap(({ references, path }) =>
    references.filter(({ state }) => state === 'pattern').map(({ target }) => builtNameTest(target, path)),
  );
  const wordFolders = seen.map(({ path }) => foldPath(path).replace(/\.[^./]*$/, ''));
  for (const { path } of files) {
    const folded = foldPath(path);
    const may =
      patterns.some((fits) => fits(folded)) ||
      wordFolders.some((page) => folded.startsWith(`${page}.files/`) || folded.startsWith(`${page}_files/`));
    usage.set(path, reached.has(path) ? 'yes' : may ? 'maybe' : 'no');
  }
  return usage;
}

/** `index.*` nearest to the root; where none has that name, every page is an entry. */
function entryPages(pages: readonly PageFact[]): readonly PageFact[] {
  const named = pages.filter(({ path }) => /^(index|default)\b/i.test(baseName(path)));
  const depth = Math.min(...named.map(({ path }) => path.split('/').length));
  const nearest = named.filter(({ path }) => path.split('/').length === depth);
  return nearest.length > 0 ? nearest : pages;
}

function follow(pages: readonly PageFact[]): { reached: Set<string>; seen: PageFact[] } {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const waiting = [...entryPages(pages)];
  const reached = new Set(waiting.map(({ path }) => path));
  const seen: PageFact[] = [];
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    seen.push(page);
    for (const { file } of page.references) {
      if (file === null || reached.has(file)) continue;
      reached.add(file);
      const next = byPath.get(file);
      if (next !== undefined) waiting.push(next);
    }
  }
  return { reached, seen };
}
