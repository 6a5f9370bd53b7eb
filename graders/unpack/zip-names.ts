import { plausibility } from '../text/hanzi.ts';
import { fold } from '../text/normalize.ts';

/** A name as it stands in an archive or on a disk. */
export interface RawName {
  bytes: Uint8Array;
  /** A Unicode form that the archive holds beside it. */
  unicode: string | null;
  /** The writer says that the bytes are UTF-8. */
  utf8: boolean;
  /** Written on a system whose names are UTF-8. */
  unix: boolean;
}

/** What the system of the writer weighs: macOS leaves the flag out, Windows Explorer writes GBK without it. */
const systemWeight = 0.3;
/** What it weighs that the pages of the work refer to the names so read. */
const referenceWeight = 1;

/**
 * Decodes the names of one archive by one decision: GBK 图片 is CD BC C6 AC, which is also UTF-8 for "ͼƬ", and only
 * all names together with their writer tell which. A Unicode field and a truthful UTF-8 flag stand above it.
 * The names are NFC and not split: a GBK trail byte can be `\`, so decoding comes before splitting.
 */
export function decodeNames(names: readonly RawName[], references: readonly string[] = []): string[] {
  const open = names.filter(
    (name) => name.unicode === null && !(name.utf8 && read(name.bytes, 'utf-8') !== null),
  );
  const encoding = decide(open, references);
  return names.map((name) => {
    const certain = name.unicode ?? (name.utf8 ? read(name.bytes, 'utf-8') : null);
    return (certain ?? decode(name.bytes, encoding)).normalize('NFC');
  });
}

type NameEncoding = 'utf-8' | 'gb18030' | 'each';

function decide(names: readonly RawName[], references: readonly string[]): NameEncoding {
  const foreign = names.filter(({ bytes }) => bytes.some((byte) => byte >= 0x80));
  const unicode = readAll(foreign, 'utf-8');
  const chinese = readAll(foreign, 'gb18030');
  if (unicode === null && chinese === null) return 'each';
  if (chinese === null) return 'utf-8';
  if (unicode === null) return 'gb18030';
  const unix = foreign.length > 0 && foreign.every((name) => name.unix);
  const forUnicode = score(unicode, references) + (unix ? systemWeight : 0);
  return forUnicode >= score(chinese, references) ? 'utf-8' : 'gb18030';
}

function score(names: readonly string[], references: readonly string[]): number {
  const wanted = new Set(references.map((reference) => fold(baseName(reference))));
  const met = names.some((name) => wanted.has(fold(baseName(name))));
  return plausibility(names.join('\n')) + (met ? referenceWeight : 0);
}

function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((segment) => segment !== '') ?? '';
}

function readAll(names: readonly RawName[], encoding: 'utf-8' | 'gb18030'): string[] | null {
  const all = names.map(({ bytes }) => read(bytes, encoding));
  return all.every((name) => name !== null) ? all : null;
}

function read(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** `each`: no encoding fits all (two tools wrote into one archive), so every name is read as it can be. */
function decode(bytes: Uint8Array, encoding: NameEncoding): string {
  if (encoding !== 'each') return new TextDecoder(encoding).decode(bytes);
  return read(bytes, 'utf-8') ?? new TextDecoder('gb18030').decode(bytes);
}
