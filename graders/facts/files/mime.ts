import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { extensionOf } from './family.ts';
import { beginningOf } from './plain-text.ts';

/** Bytes read from the beginning of a file: enough for every signature and for the first elements of a page. */
const headBytes = 64 * 1024;

const textByExtension: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  htm: 'text/html',
  shtml: 'text/html',
  xhtml: 'text/html',
  dwt: 'text/html',
  lbi: 'text/html',
  eml: 'message/rfc822',
  mht: 'message/rfc822',
  mhtml: 'message/rfc822',
  xml: 'application/xml',
  svg: 'image/svg+xml',
};

const officeByExtension: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** Signatures that file-type leaves out or that must not depend on its release: what stands first, and the type. */
const signatures: readonly (readonly [prefix: string, mime: string])[] = [
  ['8BPS', 'image/vnd.adobe.photoshop'],
  ['FWS', 'application/x-shockwave-flash'],
  ['CWS', 'application/x-shockwave-flash'],
  ['ZWS', 'application/x-shockwave-flash'],
];

/** `BM` alone begins many a text: a bitmap also states where its pixels start, behind a known header size. */
function isBitmap(head: Uint8Array): boolean {
  if (head.length < 26 || head[0] !== 0x42 || head[1] !== 0x4d) return false;
  const headerSize = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(14, true);
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(headerSize);
}

/** Byte order and 42, as TIFF 6.0, section 2 says. */
const isTiff = (latin: string): boolean => /^(?:II\*\0|MM\0\*)/.test(latin);

/** Markup is known by what it begins with, whatever the extension says (`index.html.txt` is a page, C7). */
function textType(text: string, extension: string): string {
  const start = text.replace(/^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)+/, '').toLowerCase();
  if (/^(?:<!doctype\s+svg[^>]*>\s*)?<svg[\s>]/.test(start)) return 'image/svg+xml';
  if (/^<(?:!doctype\s+html|html|head|body|frameset|meta|title)[\s>]/.test(start)) return 'text/html';
  return textByExtension[extension] ?? 'text/plain';
}

/**
 * The true type of a file by its first bytes: `image/jpeg`, `text/html` …; for plain text, by content and
 * extension. An OOXML document whose parts are not told by the first bytes is known by its extension.
 * @param head the file's beginning (64 KB are enough)
 * @param path the name the candidate gave, for what only an extension can tell
 * @returns null when nothing fits, also for an empty file
 */
async function mimeOfHead(head: Uint8Array, path: string): Promise<string | null> {
  if (head.length === 0) return null;
  const extension = extensionOf(path);
  const latin = Buffer.from(head.subarray(0, 8)).toString('latin1');
  const signature = signatures.find(([prefix]) => latin.startsWith(prefix));
  if (signature !== undefined) return signature[1];
  if (isBitmap(head)) return 'image/bmp';
  const text = beginningOf(head);
  if (text !== null && !text.startsWith('{\\rtf') && !text.startsWith('%PDF'))
    return textType(text, extension);
  const found = await fileTypeFromBuffer(head);
  if (found?.mime === 'application/zip') return officeByExtension[extension] ?? found.mime;
  // file-type wants the directory of a TIFF, which may stand at the end of the file.
  return found?.mime ?? (isTiff(latin) ? 'image/tiff' : null);
}

/**
 * Reads the beginning of a file and names its true type.
 * @param location absolute path of the bytes; @param path the candidate's name for it
 * @throws when the file cannot be opened
 */
export async function mimeOf(location: string, path: string): Promise<string | null> {
  const file = await open(location);
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(head, 0, headBytes, 0);
    return await mimeOfHead(head.subarray(0, bytesRead), path);
  } finally {
    await file.close();
  }
}
