import type { PageModel } from '../page.ts';
import { wholeOf } from '../program.ts';
import { builtName } from '../script-references.ts';
import { namesOf } from './context.ts';
import { picturesIn } from './motions.ts';

/** Pictures that the page's own live scripts name, or build the names of. */
export function picturesInProgram(page: PageModel): string[] {
  const own = page.program.pieces.filter(({ library, event }) => !library && event === null);
  const named = namesOf(page, picturesIn(own.map(wholeOf)));
  const built = own.flatMap((piece) =>
    piece.tokens.flatMap((token, at) => {
      if (token.type !== 'string' || !page.program.isLive(piece, at)) return [];
      const pattern = token.text.includes('*') ? token.text : builtName(piece, at);
      return pattern === null ? [] : page.library.files.matching(pattern, page.path).filter(isPicture);
    }),
  );
  return [...new Set([...named, ...built])];
}

const isPicture = (path: string): boolean => /\.(jpe?g|png|gif|bmp|webp)$/i.test(path);
