import type { FileView } from './schema.ts';

/** What every browser of the last ten years shows in an `img`. SVG is a document and may hold scripts: it is text. */
const pictures = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/gif', 'image/webp']);
const converted = new Set(['image/bmp', 'image/tiff', 'image/vnd.adobe.photoshop']);
const texts = new Set(['application/json', 'application/xml', 'message/rfc822', 'image/svg+xml']);

/** How the marking room can show a file of this true type. */
export function viewOf(mime: string): FileView {
  if (pictures.has(mime)) return 'picture';
  if (converted.has(mime)) return 'converted';
  if (mime === 'text/html') return 'page';
  return mime.startsWith('text/') || texts.has(mime) ? 'text' : 'none';
}
