import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { type ByteSource, openBytes, streamOf, through } from './byte-source.ts';
import type { ZipEntry } from './zip-entry.ts';
import { salvage } from './zip-salvage.ts';

/** `volume`: one part of several. `encrypted`: the list itself is. `broken`: cut off or damaged, entries are what could be read. */
export type ZipFault = 'volume' | 'encrypted' | 'broken';

export interface ZipDirectory {
  entries: ZipEntry[];
  fault: ZipFault | null;
  /** There are more entries than were asked for. */
  more: boolean;
  packedBytes: number;
  /** The unpacked bytes of an entry; throws while reading where the data is damaged. */
  content(entry: ZipEntry): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** yauzl's reader with offsets checked: a forged 64-bit offset would throw where nobody can catch it. */
class CheckedReader extends RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, bytesRead?: number) => void,
  ): void {
    // What yauzl throws while it parses comes back to it as a reading error, or nobody would catch it.
    this.#source
      .read(position, length)
      .then((bytes) => done(null, bytes.copy(target, offset)))
      .catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
  }
}

/**
 * Reads the list of a zip, at most `limit` entries. A damaged one is read from its local headers as far as
 * they go. Throws only when the file itself cannot be read.
 */
export async function openZip(from: string | Uint8Array, limit: number): Promise<ZipDirectory> {
  const source = await openBytes(from);
  const listed = await list(source, limit);
  const salvaged = listed.fault === 'broken' ? await salvage(source, limit) : [];
  const entries = salvaged.length > listed.entries.length ? salvaged : listed.entries;
  return {
    ...listed,
    entries,
    packedBytes: source.size,
    content: (entry) => contentOf(source, entry),
    close: () => source.close(),
  };
}

type Listing = Pick<ZipDirectory, 'entries' | 'fault' | 'more'>;

async function list(source: ByteSource, limit: number): Promise<Listing> {
  const entries: ZipEntry[] = [];
  try {
    const zip = await fromRandomAccessReaderPromise(new CheckedReader(source), source.size, {
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
    return { entries, ...(await collect(zip, entries, limit)) };
  } catch (error) {
    return { entries, more: false, fault: await faultOf(error, source) };
  }
}

async function collect(zip: ZipFile, entries: ZipEntry[], limit: number): Promise<Omit<Listing, 'entries'>> {
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= limit) return { fault: null, more: true };
    entries.push(describe(entry));
  }
  return { fault: null, more: false };
}

/** yauzl tells its errors apart by their text only. Reading errors of our own disk have a code and go up. */
async function faultOf(error: unknown, source: ByteSource): Promise<ZipFault> {
  if (!(error instanceof Error) || 'syscall' in error) throw error;
  if (/multi-disk/.test(error.message)) return 'volume';
  if (/strong encryption/.test(error.message)) return 'encrypted';
  const mark = await source.read(0, 4);
  return mark.length === 4 && mark.readUInt32LE() === 0x08074b50 ? 'volume' : 'broken';
}

function describe(entry: Entry): ZipEntry {
  const system = entry.versionMadeBy >> 8;
  return {
    rawName: entry.fileNameRaw,
    unicodeName: unicodeNameOf(entry),
    utf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
    unix: system === 3 || system === 19,
    encrypted: (entry.generalPurposeBitFlag & 1) !== 0 || entry.compressionMethod === 99,
    // The upper half is the Unix mode, on whatever system it was written.
    link: ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000,
    method: entry.compressionMethod,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
    modified: validDate(entry.getLastModDate()),
    header: entry.relativeOffsetOfLocalHeader,
  };
}

function unicodeNameOf(entry: Entry): string | null {
  const field = entry.extraFields.find(
    ({ id, data }) => id === 0x7075 && data.length > 5 && data[0] === 1,
  )?.data;
  if (field === undefined || field.readUInt32LE(1) !== crc32(entry.fileNameRaw)) return null;
  return field.subarray(5).toString('utf8');
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}

async function* contentOf(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  const header = await source.read(entry.header, 30);
  if (header.length < 30 || header.readUInt32LE() !== 0x04034b50) {
    throw new Error(`zip: no local header at ${entry.header}`);
  }
  const start = entry.header + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = () => streamOf(source, start, start + entry.packedBytes);
  yield* entry.method === 0 ? packed() : through(packed, createInflateRaw());
}
