import type { SourceFile } from '../collector.ts';
import type { FileFact } from '../schema.ts';
import { extensionFits } from './family.ts';
import { mimeOfFile } from './mime.ts';

/** How far each file is used by the submission's pages: path ▶ reached, not reached, maybe. */
export type Usage = ReadonlyMap<string, 'yes' | 'no' | 'maybe'>;

/**
 * The facts of all files of a submission, in the order given.
 * @param usage from the pages; without it (no page was handed in) `used` is null everywhere
 * @throws when a file's bytes cannot be opened although unpacking said they are there
 */
export async function fileFacts(sources: readonly SourceFile[], usage?: Usage): Promise<FileFact[]> {
  const facts: FileFact[] = [];
  for (const source of sources) {
    const mime = source.mime ?? (await mimeOfFile(source.location, source.path));
    facts.push({
      path: source.path,
      bytes: source.bytes,
      sha256: source.sha256,
      mime,
      extensionMatches: extensionFits(mime, source.path),
      junk: source.junk,
      used: usage?.get(source.path) ?? null,
    });
  }
  return facts;
}
