/**
 * Extension families: which extensions a true type may carry without being wrongly named.
 * A `.jpeg` is as good as a `.jpg`; OLE containers are told apart by their extension only.
 */
const families: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/apng': ['png', 'apng'],
  'image/gif': ['gif'],
  'image/bmp': ['bmp', 'dib'],
  'image/webp': ['webp'],
  'image/tiff': ['tif', 'tiff'],
  'image/vnd.adobe.photoshop': ['psd', 'psb'],
  'image/svg+xml': ['svg'],
  'image/x-icon': ['ico', 'cur'],
  'application/x-shockwave-flash': ['swf'],
  'text/html': ['html', 'htm', 'shtml', 'xhtml', 'dwt', 'lbi', 'asp', 'aspx', 'php', 'jsp'],
  'text/css': ['css'],
  'text/javascript': ['js', 'mjs'],
  'text/csv': ['csv'],
  'text/plain': ['txt', 'text', 'md', 'log', 'ini', 'csv', 'css', 'js', 'eml'],
  'application/json': ['json', 'map'],
  'application/xml': ['xml', 'xsl', 'dwt', 'svg', 'xhtml'],
  'message/rfc822': ['eml', 'mht', 'mhtml'],
  'application/rtf': ['rtf', 'doc'],
  'application/pdf': ['pdf'],
  // An OOXML document with a password is an OLE container too.
  'application/x-cfb': [
    'doc',
    'xls',
    'ppt',
    'wps',
    'et',
    'dps',
    'dot',
    'xlt',
    'msg',
    'db',
    'docx',
    'xlsx',
    'pptx',
  ],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx', 'wps'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx', 'et'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx', 'dps'],
  'application/zip': ['zip', 'docx', 'xlsx', 'pptx', 'jar'],
  'application/x-rar-compressed': ['rar'],
  'application/x-7z-compressed': ['7z'],
  'application/x-tar': ['tar'],
  'application/gzip': ['gz', 'tgz'],
};

const known = new Set(Object.values(families).flat());

/** The extension without its dot, lower case, blanks at its end dropped as Windows does; `''` without one. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).trimEnd();
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/**
 * Whether a file's extension belongs to its true type (B2, B3).
 * An extension that no family knows is never called wrong; a known one on bytes that nothing recognises is.
 */
export function extensionFits(mime: string | null, path: string): boolean {
  const extension = extensionOf(path);
  const family = mime === null ? undefined : families[mime];
  if (family !== undefined) return family.includes(extension);
  if (mime === null) return !known.has(extension);
  return !known.has(extension) || mime.endsWith(extension);
}
