import type { SlotKind } from '../../rubrics/paper-schema.ts';
import { extensionOf } from '../facts/files/family.ts';
import type { FileFact } from '../facts/schema.ts';

const kinds: Readonly<Record<SlotKind, string>> = {
  image: 'jpg jpeg jpe jfif png gif bmp dib webp tif tiff svg ico swf',
  psd: 'psd psb',
  page: 'html htm shtml xhtml',
  style: 'css',
  script: 'js',
  document: 'docx doc wps rtf txt pdf odt docm dotx md',
  sheet: 'xlsx xls et csv ods xlsm',
  mail: 'eml msg mht',
};

const kindByExtension = new Map(
  Object.entries(kinds).flatMap(([kind, list]) =>
    list.split(' ').map((extension) => [extension, kind] as const),
  ),
);

const containers = new Set('zip rar 7z tar gz tgz bz2 xz cab iso lnk url'.split(' '));

/** Extensions that mean the same to Windows and to whoever reads the file; never a reason to lose a naming point (B3). */
const families: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe', 'jfif'],
  ['tif', 'tiff'],
  ['bmp', 'dib'],
];

/** What kind of work a file with this extension holds; null for what no slot asks. */
export const kindOfExtension = (extension: string): string | null => kindByExtension.get(extension) ?? null;

/** How far one extension stands from the asked one; null when the file can not be meant. Both lower case. */
export function extensionDistance(
  asked: string,
  found: string,
): 'same' | 'extension-family' | 'page-extension' | 'other-extension' | 'other-format' | null {
  if (asked === found) return 'same';
  if (families.some((family) => family.includes(asked) && family.includes(found))) return 'extension-family';
  const [askedKind, foundKind] = [kindOfExtension(asked), kindOfExtension(found)];
  if (askedKind === null || foundKind === null) return null;
  if (askedKind === foundKind) {
    if (askedKind === 'page') return 'page-extension';
    // Another picture format may just as well be the 素材 or a source; a .doc for a .docx hardly is.
    return askedKind === 'image' || askedKind === 'psd' ? 'other-format' : 'other-extension';
  }
  const together = [askedKind, foundKind].sort().join(' ');
  return ['image psd', 'document sheet', 'document mail'].includes(together) ? 'other-format' : null;
}

/** OS junk, archives, shortcuts and empty files fill no slot, whatever they are called. */
export function mayFill(file: FileFact): boolean {
  return file.junk === null && !containers.has(extensionOf(file.path));
}
