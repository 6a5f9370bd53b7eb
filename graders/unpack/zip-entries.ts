import { Budget, defaultLimits, LimitReached, Meter, type UnpackLimits } from './limits.ts';
import { openZip, type ZipDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-entry.ts';
import { decodeNames } from './zip-names.ts';

/** Office documents are XML that packs well and is parsed in memory: much less than what a whole hand-in may hold. */
const documentLimits: UnpackLimits = {
  ...defaultLimits,
  // A workbook with hundreds of sheets and pictures; a normal answer has about twenty parts.
  entries: 4_000,
  // What all parts that are read may take together. Pictures of a report with screenshots come to 50 MB.
  totalBytes: 192 * 1024 ** 2,
  // The largest part that a parser gets as one text.
  entryBytes: 48 * 1024 ** 2,
  milliseconds: 20_000,
};

export type ZipReadFault = 'encrypted' | 'truncated' | 'bomb' | 'unsupported' | 'missing';

/** Why a part of a zip could not be read. Thrown by `ZipEntries.read` and by nothing else. */
export class ZipReadError extends Error {
  readonly fault: ZipReadFault;

  constructor(fault: ZipReadFault, name: string) {
    super(`zip entry ${JSON.stringify(name)}: ${fault}`);
    this.name = 'ZipReadError';
    this.fault = fault;
  }
}

/** The parts of one zip, read one by one and only as far as the limits go. Close it when done. */
export interface ZipEntries {
  /** Names of files, as decoded, with `/`. */
  readonly names: readonly string[];
  /** The list of the zip is damaged, locked or split; what could be listed stands in `names`. */
  readonly fault: ZipReadFault | null;
  has(name: string): boolean;
  /** Unpacked size as the zip claims it; null for a name it does not have. */
  size(name: string): number | null;
  /** The bytes of one part. Throws `ZipReadError`. What is read counts against the limits of the whole. */
  read(name: string): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a zip for a reader of documents (docx, xlsx, pptx, odt): nothing is unpacked before it is asked for, and no
 * part may be larger than the limits, whatever the zip claims. Throws only when the file itself cannot be read.
 */
export async function readZipEntries(
  from: string | Uint8Array,
  limits: Partial<UnpackLimits> = {},
): Promise<ZipEntries> {
  const budget = new Budget({ ...documentLimits, ...limits });
  const zip = await openZip(from, budget.limits.entries);
  const names = decodeNames(
    zip.entries.map(({ rawName, unicodeName, utf8, unix }) => ({
      bytes: rawName,
      unicode: unicodeName,
      utf8,
      unix,
    })),
  );
  const entries = new Map(
    zip.entries.map((entry, index) => [(names[index] ?? '').replaceAll('\\', '/'), entry]),
  );
  const meter = new Meter(budget, zip.packedBytes);
  return {
    names: [...entries.keys()].filter((name) => !name.endsWith('/')),
    fault: faultOf(zip),
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.bytes ?? null,
    read: (name) => readEntry(zip, { name, entry: entries.get(name), meter }),
    close: () => zip.close(),
  };
}

function faultOf({ fault, more }: ZipDirectory): ZipReadFault | null {
  if (more) return 'bomb';
  if (fault === null) return null;
  return ({ broken: 'truncated', encrypted: 'encrypted', volume: 'unsupported' } as const)[fault];
}

async function readEntry(
  zip: ZipDirectory,
  { name, entry, meter }: { name: string; entry: ZipEntry | undefined; meter: Meter },
): Promise<Buffer> {
  const refused = refusal(entry, meter);
  if (entry === undefined || refused !== null) throw new ZipReadError(refused ?? 'missing', name);
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    meter.startFile();
    for await (const part of zip.content(entry)) {
      meter.spend(part.length);
      bytes += part.length;
      parts.push(part);
      if (bytes > entry.bytes) break;
    }
  } catch (error) {
    if (error instanceof LimitReached) throw new ZipReadError('bomb', name);
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new ZipReadError('truncated', name);
  }
  if (bytes !== entry.bytes) throw new ZipReadError('truncated', name);
  return Buffer.concat(parts, bytes);
}

function refusal(entry: ZipEntry | undefined, { budget }: Meter): ZipReadFault | null {
  if (entry === undefined) return 'missing';
  if (entry.encrypted) return 'encrypted';
  if (entry.method !== 0 && entry.method !== 8) return 'unsupported';
  return entry.bytes > Math.min(budget.limits.entryBytes, budget.bytesLeft) ? 'bomb' : null;
}
