import type { SourceFile } from '../collector.ts';
import { extensionOf } from '../files/family.ts';

const formats: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/vnd.adobe.photoshop': 'psd',
  'image/tiff': 'tiff',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'application/x-shockwave-flash': 'swf',
};

const pictureExtensions = new Set(
  'jpg jpeg jpe jfif png gif bmp dib webp psd psb tif tiff svg swf ico'.split(' '),
);

/** Formats whose pixels are decoded; of the others the header alone is read, so hostile content has nothing to run in. */
export const decoded: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'webp', 'bmp']);

/** The short name of a picture's true type: `jpeg`, `png` …; null when the bytes are no picture. */
export function formatOf(mime: string | null): string | null {
  if (mime === null) return null;
  return formats[mime] ?? (mime.startsWith('image/') ? mime.slice('image/'.length) : null);
}

/** A picture by its bytes, or a file that claims to be one by its name. Junk and empty files are no pictures. */
export function isPicture(file: SourceFile): boolean {
  if (file.junk !== null || file.bytes === 0) return false;
  return formatOf(file.mime) !== null || pictureExtensions.has(extensionOf(file.path));
}
