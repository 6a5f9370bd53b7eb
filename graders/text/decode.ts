import { declaredIn, declaredInText, encodingOf, type TextKind } from './declared.ts';
import { plausibility } from './hanzi.ts';

export interface DecodedText {
  /** The text without its byte order mark. */
  text: string;
  /** What the bytes are, a WHATWG name: utf-8, utf-16le, utf-16be, gb18030, big5 … (gb18030 stands for all GB labels). */
  encoding: string;
  /** The label the file itself carries, as written; null when it carries none. */
  declared: string | null;
  bom: boolean;
  /** The declaration contradicts the bytes: a browser shows 乱码 although `text` is right. */
  garbled: boolean;
  /** False when another reading was nearly as good, or nothing could read all bytes. */
  certain: boolean;
  /** How many characters could not be decoded and stand as U+FFFD. Absent when none. */
  replacement?: number;
}

export interface DecodeHint {
  /** A declaration that came with the file. It stands before what the file says of itself. */
  declared?: string | null;
  /** Where a declaration may stand in the file; `text` and `csv` have none. */
  kind?: TextKind;
}

interface Reading {
  text: string;
  encoding: string;
}

/** Above this many non-ASCII bytes no GB text happens to be valid UTF-8: each pair has a chance of about 1 in 5. */
const few = 64;
/** What a declaration weighs against plausibility, and how much better a reading must be to be certain. */
const declaredWeight = 0.3;
/** Below this share of NULs a valid UTF-8 text has stray NULs rather than being UTF-16. */
const strayShare = 0.05;

/**
 * Decodes the text of a candidate's file. Byte order mark, UTF-16 by its NULs, strict UTF-8, strict gb18030;
 * where few bytes are valid in several, the declaration and the share of common Hanzi decide. No statistical
 * detector: they fail on short Chinese text. Never throws; undecodable bytes give lossy text and `certain: false`.
 */
export function decodeText(bytes: Uint8Array, hint: DecodeHint = {}): DecodedText {
  const kind = hint.kind ?? 'text';
  const marked = byMark(bytes);
  if (marked !== null) {
    return finish(marked, {
      declared: hint.declared ?? declaredInText(marked.text, kind),
      bom: true,
      kind,
      certain: true,
    });
  }
  const wide = byNuls(bytes);
  if (wide !== null) {
    return finish(wide, {
      declared: hint.declared ?? declaredInText(wide.text, kind),
      bom: false,
      kind,
      certain: true,
    });
  }
  const declared = hint.declared ?? declaredIn(bytes, kind);
  const { reading, certain } = byContent(bytes, encodingOf(declared));
  return finish(reading, { declared, bom: false, kind, certain });
}

function byMark(bytes: Uint8Array): Reading | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return lossy(bytes, 'utf-8');
  if (first === 0xff && second === 0xfe) return lossy(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return lossy(bytes, 'utf-16be');
  return null;
}

/**
 * UTF-16 without a mark: its ASCII (line ends, markup) leaves NULs on one side of the pairs only.
 * A stray NUL in a UTF-8 text does so too, so few of them count only where UTF-8 fails.
 */
function byNuls(bytes: Uint8Array): Reading | null {
  const head = bytes.subarray(0, 64 * 1024);
  let even = 0;
  let odd = 0;
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if ((even === 0) === (odd === 0)) return null;
  if (even + odd < head.length * strayShare && strict(bytes, 'utf-8') !== null) return null;
  return lossy(bytes, odd > 0 ? 'utf-16le' : 'utf-16be');
}

function byContent(bytes: Uint8Array, declared: string | null): { reading: Reading; certain: boolean } {
  const unicode = strict(bytes, 'utf-8');
  if (unicode !== null) {
    const foreign = nonAscii(bytes);
    if (foreign === 0 || foreign > few) return { reading: unicode, certain: true };
  }
  const legacy = new Set(['gb18030', ...(declared === null || declared === 'utf-8' ? [] : [declared])]);
  const readings = [unicode, ...[...legacy].map((encoding) => strict(bytes, encoding))].filter(
    (reading) => reading !== null,
  );
  const [only] = readings;
  if (only === undefined) return { reading: leastBroken(bytes, declared), certain: false };
  return readings.length === 1 ? { reading: only, certain: true } : mostPlausible(readings, declared);
}

function mostPlausible(readings: Reading[], declared: string | null): { reading: Reading; certain: boolean } {
  const ranked = readings
    .map((reading) => ({
      reading,
      score: plausibility(reading.text) + (reading.encoding === declared ? declaredWeight : 0),
    }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = ranked;
  if (best === undefined) throw new Error('decodeText: no reading to choose from');
  return { reading: best.reading, certain: next === undefined || best.score - next.score >= declaredWeight };
}

/** Nothing reads all bytes: the reading that loses least, the declared one among equals. */
function leastBroken(bytes: Uint8Array, declared: string | null): Reading {
  const encodings = new Set([...(declared === null ? [] : [declared]), 'utf-8', 'gb18030']);
  const ranked = [...encodings]
    .map((encoding) => lossy(bytes, encoding))
    .sort((a, b) => replacements(a.text) - replacements(b.text));
  return ranked[0] ?? lossy(bytes, 'utf-8');
}

function finish(
  reading: Reading,
  seen: { declared: string | null; bom: boolean; kind: TextKind; certain: boolean },
): DecodedText {
  const replacement = replacements(reading.text);
  return {
    ...reading,
    declared: seen.declared,
    bom: seen.bom,
    garbled: isGarbled(reading, seen),
    certain: seen.certain && replacement === 0,
    ...(replacement > 0 ? { replacement } : {}),
  };
}

/** A mark overrides every declaration; without one a browser believes the declaration and never guesses UTF-16. */
function isGarbled(
  reading: Reading,
  seen: { declared: string | null; bom: boolean; kind: TextKind },
): boolean {
  if (seen.bom) return false;
  const markup = seen.kind === 'html' || seen.kind === 'css';
  if (reading.encoding.startsWith('utf-16')) return markup;
  const shown = encodingOf(seen.declared);
  return shown !== null && shown !== reading.encoding && /[^\u0000-\u007F]/.test(reading.text);
}

function strict(bytes: Uint8Array, encoding: string): Reading | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function lossy(bytes: Uint8Array, encoding: string): Reading {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function replacements(text: string): number {
  return text.match(/\uFFFD/g)?.length ?? 0;
}

function nonAscii(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count += 1;
  return count;
}
