import type { SourceFile } from '../collector.ts';
import type { FileFact } from '../schema.ts';
import { extensionFits } from './family.ts';

/** How far each file is used by the submission's pages: path ▶ reached, not reached, maybe. */
export type Usage = ReadonlyMap<string, 'yes' | 'no' | 'maybe'>;

/**
 * The facts of all files of a submission, in the order given. The true type was found when the source was made
 * (`mimeOf`), so nothing is read here.
 * @param usage from the pages; without it (no page was handed in) `used` is null everywhere
 */
export const fileFacts = (sources: readonly SourceFile[], usage?: Usage): FileFact[] =>
  sources.map(({ path, bytes, sha256, mime, junk }) => ({
    path,
    bytes,
    sha256,
    mime,
    extensionMatches: extensionFits(mime, path),
    junk,
    used: usage?.get(path) ?? null,
  }));
