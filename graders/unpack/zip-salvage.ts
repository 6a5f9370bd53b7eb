import { createInflateRaw } from 'node:zlib';
import { type ByteSource, streamOf, through } from './byte-source.ts';
import type { ZipEntry } from './zip-entry.ts';

/**
 * The entries of a zip whose list at the end is gone (upload cut off, damaged disk), read from the local
 * headers in front of each file. The last one may be cut short itself. Links and 0x7075 names stand in the
 * lost list only.
 */
export async function salvage(source: ByteSource, limit: number): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let position: number | null = 0;
  while (position !== null && entries.length < limit) {
    const entry = await entryAt(source, position);
    if (entry === null) break;
    entries.push(entry);
    position = await nextHeader(source, entry);
  }
  return entries;
}

async function entryAt(source: ByteSource, position: number): Promise<ZipEntry | null> {
  const header = await source.read(position, 30);
  if (header.length < 30 || header.readUInt32LE() !== 0x04034b50) return null;
  const nameLength = header.readUInt16LE(26);
  const rawName = await source.read(position + 30, nameLength);
  if (rawName.length < nameLength) return null;
  const flags = header.readUInt16LE(6);
  const start = position + 30 + nameLength + header.readUInt16LE(28);
  const method = header.readUInt16LE(8);
  const streamed = (flags & 8) !== 0 && header.readUInt32LE(18) === 0;
  const measured = streamed && method === 8 ? await measure(source, start) : null;
  return {
    rawName,
    unicodeName: null,
    utf8: (flags & 0x800) !== 0,
    unix: false,
    encrypted: (flags & 1) !== 0,
    link: false,
    method,
    packedBytes: measured?.packedBytes ?? header.readUInt32LE(18),
    bytes: measured?.bytes ?? header.readUInt32LE(22),
    crc32: measured?.crc32 ?? header.readUInt32LE(14),
    modified: null,
    header: position,
  };
}

/** More than any honest file: a deflate stream that goes on for longer is not measured to its end. */
const measurable = 512 * 1024 ** 2;

/** Sizes of a deflate stream whose header does not tell them, with the checksum from the record behind it. */
async function measure(
  source: ByteSource,
  start: number,
): Promise<{ packedBytes: number; bytes: number; crc32: number }> {
  const inflate = createInflateRaw();
  let bytes = 0;
  try {
    for await (const chunk of through(() => streamOf(source, start, source.size), inflate)) {
      bytes += chunk.length;
      if (bytes > measurable) break;
    }
  } catch (error) {
    // Damaged data: what came before the damage is the measure, and unpacking reports the damage.
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
  }
  const descriptor = await source.read(start + inflate.bytesWritten, 8);
  const marked = descriptor.length === 8 && descriptor.readUInt32LE() === 0x08074b50;
  const checksum = descriptor.length === 8 ? descriptor.readUInt32LE(marked ? 4 : 0) : 0;
  return { packedBytes: inflate.bytesWritten, bytes, crc32: checksum };
}

/** Where the next local header stands: at once, or after a data descriptor of one of its four lengths. */
async function nextHeader(source: ByteSource, entry: ZipEntry): Promise<number | null> {
  const header = await source.read(entry.header, 30);
  const end = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28) + entry.packedBytes;
  for (const gap of [0, 12, 16, 20, 24]) {
    const mark = await source.read(end + gap, 4);
    if (mark.length === 4 && mark.readUInt32LE() === 0x04034b50) return end + gap;
  }
  return null;
}
