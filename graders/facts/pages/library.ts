import { readFile } from 'node:fs/promises';
import { decodeText } from '../../text/decode.ts';
import type { SourceFile } from '../collector.ts';
import type { ProblemFact } from '../schema.ts';
import type { Library } from './page.ts';
import { type Piece, pieceOf } from './program.ts';
import { FileIndex } from './resolve.ts';
import { type Source, sourceOf } from './source.ts';
import { parseStyle, type StyleSheet } from './style.ts';

/** Largest page, style sheet or script that is read, in bytes. Exam pages have some 20 KB, jQuery has 280 KB. */
export const mostBytes = 2 * 1024 * 1024;

/** Names of libraries that candidates link, and the size from which a script is no one's own work. */
const libraryName =
  /jquery|swiper|owl\.?carousel|slick|bootstrap|superslide|flexslider|zepto|layui|kinslideshow|nivo|bxslider|fancybox|jqzoom|vue|react|prototype|mootools|spry|ac_runactivecontent|swfobject|animate|\.min\./i;
const libraryBytes = 100 * 1024;

/** Reads and parses, once each, the style sheets and scripts that pages may use. */
export async function libraryOf(
  all: readonly SourceFile[],
): Promise<{ library: Library; problems: ProblemFact[] }> {
  const problems: ProblemFact[] = [];
  const sources = new Map<string, Source>();
  for (const file of all) {
    if (!/\.(css|js)(\.txt)?$/i.test(file.path) || file.junk !== null || file.bytes === 0) continue;
    if (file.bytes > mostBytes) problems.push(tooLarge(file));
    else sources.set(file.path, await readSource(file, /\.js/i.test(file.path) ? 'text' : 'css'));
  }
  const hashes = new Map(all.map(({ path, sha256 }) => [path, sha256]));
  const library: Library = {
    files: new FileIndex(all.filter(({ bytes }) => bytes > 0).map(({ path }) => path)),
    hash: (path) => hashes.get(path) ?? null,
    style: once(sources, (source): StyleSheet => parseStyle(source)),
    script: once(sources, (source): Piece => {
      const isLibrary = libraryName.test(source.path) || source.text.length > libraryBytes;
      return pieceOf(source.text, { place: { source, offset: 0 }, library: isLibrary });
    }),
  };
  return { library, problems };
}

async function readSource(file: SourceFile, kind: 'css' | 'text'): Promise<Source> {
  return sourceOf(file.path, decodeText(await readFile(file.location), { kind }).text);
}

function once<T>(
  sources: ReadonlyMap<string, Source>,
  make: (source: Source) => T,
): (path: string) => T | null {
  const made = new Map<string, T>();
  return (path) => {
    const source = sources.get(path);
    if (source === undefined) return null;
    const known = made.get(path) ?? make(source);
    made.set(path, known);
    return known;
  };
}

export function tooLarge(file: SourceFile): ProblemFact {
  const megabytes = (file.bytes / 1024 / 1024).toFixed(1);
  const message = `此文件有 ${megabytes} MB，超过 ${mostBytes / 1024 / 1024} MB，未读取其内容，请人工查看。`;
  return { path: file.path, code: 'unsupported-size', message };
}
