import type { SourceFile } from '../collector.ts';
import { extensionOf } from '../files/family.ts';

export type DocumentKind = 'docx' | 'xlsx' | 'xls' | 'csv' | 'txt' | 'json' | 'encrypted' | 'unsupported';

/** Documents by extension; a page, a script or a picture is none, whatever it is called. */
const documents = new Set(
  'docx docm dotx doc dot wps wpt xlsx xlsm xltx xls xlt et ett csv txt text md json pdf rtf eml mht odt ods'.split(
    ' ',
  ),
);
const documentTypes =
  /^application\/(?:vnd\.openxmlformats-officedocument\.(?:wordprocessingml|spreadsheetml)|pdf|rtf|msword|vnd\.ms-excel|vnd\.oasis\.opendocument\.(?:text|spreadsheet))|^message\/rfc822$/;
const otherTypes = /^(?:image|video|audio|font)\/|^text\/(?:html|css|javascript)$/;

/** Whether this collector reads the file, or says that it cannot. */
export function isDocument({ mime, path }: SourceFile): boolean {
  if (mime !== null && otherTypes.test(mime)) return false;
  return documents.has(extensionOf(path)) || (mime !== null && documentTypes.test(mime));
}

const has = (bytes: Buffer, name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'));

/** An OLE container: a locked OOXML file, an old workbook, or something only a later reader knows. */
function kindOfContainer(bytes: Buffer): DocumentKind {
  if (has(bytes, 'EncryptedPackage')) return 'encrypted';
  if (has(bytes, 'WordDocument')) return 'unsupported';
  return has(bytes, 'Workbook') || has(bytes, 'Book') ? 'xls' : 'unsupported';
}

function kindOfZip(bytes: Buffer, extension: string): DocumentKind {
  // Names stand uncompressed in a zip, so the main part tells what a renamed or prefixed file is.
  if (bytes.includes('word/document.xml')) return 'docx';
  if (bytes.includes('xl/workbook.xml')) return 'xlsx';
  if (/^(?:docx|docm|dotx|wps)$/.test(extension)) return 'docx';
  return /^(?:xlsx|xlsm|xltx|et)$/.test(extension) ? 'xlsx' : 'unsupported';
}

/** What the bytes are, whatever the extension says: an old .doc named .docx is still an old .doc. */
export function kindOf(bytes: Buffer, path: string): DocumentKind {
  const extension = extensionOf(path);
  const mark = bytes.subarray(0, 4).toString('hex');
  if (mark === '504b0304') return kindOfZip(bytes, extension);
  if (mark === 'd0cf11e0') return kindOfContainer(bytes);
  if (extension === 'csv' || extension === 'json') return extension;
  return /^(?:txt|text|md)$/.test(extension) ? 'txt' : 'unsupported';
}
