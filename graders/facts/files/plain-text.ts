/** Control characters that no text file holds; tab, line breaks, form feed and escape are left out. */
const controls = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

function utf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  const pairs = Math.min(head.length, 2048) >> 1;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  // Tags and digits give every second byte a zero; 汉字 do not, so a fifth is asked, and none on the other side.
  if (odd * 5 > pairs && even === 0) return 'utf-16le';
  if (even * 5 > pairs && odd === 0) return 'utf-16be';
  return null;
}

/**
 * The beginning of a text file, good enough to see tags in; null when the bytes are no text.
 * UTF-16 is decoded; everything else is read byte by byte, because only ASCII matters here and a
 * 汉字 cut at the end must not decide.
 */
export function beginningOf(head: Uint8Array): string | null {
  const wide = utf16(head);
  const label = wide ?? 'latin1';
  const text = new TextDecoder(label).decode(head).replace(/^(?:\ufeff|ï»¿)/, '');
  return controls.test(text) ? null : text;
}
