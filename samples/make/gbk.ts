/** Text to GBK bytes. Node only decodes GBK, so the table is the decoder turned around. */

let table: Map<string, readonly [number, number]> | undefined;

function invertDecoder(): Map<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const inverted = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (!inverted.has(character)) inverted.set(character, [lead, trail]);
    }
  }
  return inverted;
}

/** Bytes of a text as a Chinese Windows writes it (code page 936). Throws for a character GBK does not have. */
export function encodeGbk(text: string): Buffer {
  table ??= invertDecoder();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair === undefined)
      throw new Error(`encodeGbk: GBK has no ${JSON.stringify(character)} (U+${code.toString(16)})`);
    else bytes.push(...pair);
  }
  return Buffer.from(bytes);
}
