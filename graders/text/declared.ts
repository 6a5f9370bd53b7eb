/** The encoding a file says it has, before anything is decoded: only ASCII has to be readable for that. */

export type TextKind = 'html' | 'css' | 'text' | 'csv';

/** Head of a file that is searched. Dreamweaver comments push the meta beyond the 1024 bytes browsers look at. */
const searched = 256 * 1024;

/**
 * The label in `<meta charset>`, `<meta http-equiv>` or an XML prolog (html) or in `@charset` (css), as written.
 * Null when nothing is declared, and always for plain text. Comments do not declare.
 */
export function declaredIn(bytes: Uint8Array, kind: TextKind): string | null {
  if (kind === 'text' || kind === 'csv') return null;
  return declaredInText(new TextDecoder('latin1').decode(bytes.subarray(0, searched)), kind);
}

/** The same for text that is already decoded (UTF-16 hides its ASCII from a byte search). */
export function declaredInText(text: string, kind: TextKind): string | null {
  if (kind === 'css') return /^\uFEFF?\s*@charset\s+["']([^"']{1,40})["']/i.exec(text)?.[1]?.trim() ?? null;
  if (kind !== 'html') return null;
  const head = text.slice(0, searched).replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  return metaCharset(head) ?? /^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ?? null;
}

function metaCharset(head: string): string | null {
  for (const [tag] of head.matchAll(/<meta\b[^>]{0,2000}>/gi)) {
    const label = /\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(tag)?.[1];
    if (label !== undefined) return label;
  }
  return null;
}

/**
 * What a browser makes of a label, as a WHATWG encoding name; null for a label no browser knows.
 * All GB labels are one decoder, gb18030; a meta that claims UTF-16 is read as UTF-8, as WHATWG says.
 */
export function encodingOf(label: string | null): string | null {
  if (label === null) return null;
  try {
    const { encoding } = new TextDecoder(label.trim());
    if (encoding === 'gbk') return 'gb18030';
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
