import { open } from 'node:fs/promises';
import { dirname } from 'node:path/posix';
import { openBytes } from './byte-source.ts';
import { entryPath, isFolderName } from './entry-path.ts';
import { defaultLimits } from './limits.ts';
import { isDocumentPackage } from './office.ts';
import { type PackageProblem, type ProblemCode, problem } from './problems.ts';
import { archiveKind, headBytes, isShortcut } from './signature.ts';
import { survey } from './survey.ts';
import { openZip, type ZipFault } from './zip-directory.ts';
import type { ZipEntry } from './zip-entry.ts';
import { decodeNames } from './zip-names.ts';

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** An archive: what could be listed of it stands beside it. */
  readonly container: boolean;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly problems: readonly PackageProblem[];
  /** Archives that stayed closed, wholly or in part: what is missing outside may be inside. */
  readonly closed: readonly string[];
}

interface Packed {
  readonly files: ListedFile[];
  readonly problems: PackageProblem[];
  readonly whole: boolean;
}

async function headOf(location: string): Promise<Buffer> {
  const file = await open(location, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The longest list of a zip that is read while somebody waits. All our entries with names of the length we take are
 * below it; a forged one may hold 64 KB a name.
 */
const directoryBytes = 8 * 1024 * 1024;
const endRecordBytes = 22;
const longestComment = 0xffff;

/** Size of the list as the end of the zip tells it, in bytes; null when there is no end: the zip is cut off. */
async function sizeOfDirectory(location: string): Promise<number | null> {
  const source = await openBytes(location);
  try {
    const start = Math.max(0, source.size - endRecordBytes - longestComment);
    const tail = await source.read(start, source.size - start);
    const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    return at < 0 || at + endRecordBytes > tail.length ? null : tail.readUInt32LE(at + 12);
  } finally {
    await source.close();
  }
}

const faultCodes: Record<ZipFault, ProblemCode> = {
  volume: 'unsupported-volume',
  encrypted: 'encrypted-archive',
  broken: 'truncated-archive',
};

/** Why an entry cannot become a file; the same reasons as when the zip is unpacked. */
function refusalOf(entry: ZipEntry): ProblemCode | null {
  if (entry.link) return 'link-file';
  if (entry.encrypted) return 'encrypted-file';
  if (entry.method !== 0 && entry.method !== 8) return 'unsupported-method';
  return entry.bytes > defaultLimits.entryBytes ? 'bomb-file' : null;
}

/** Archives inside are known by their names only: their bytes are packed. */
const looksPacked = (path: string): boolean => /\.(zip|rar|7z|tar|tgz|gz)$/i.test(path);

/** Names and sizes from a zip's list; nothing is inflated. Null when it is a document. */
async function listZip(path: string, location: string): Promise<Packed | null> {
  const bytes = await sizeOfDirectory(location);
  if (bytes === null || bytes > directoryBytes) {
    if (isDocumentPackage(path, [])) return null;
    const problems = bytes === null ? [problem('truncated-archive', path)] : [];
    return { files: [], problems, whole: false };
  }
  const zip = await openZip(location, defaultLimits.entries);
  try {
    const names = decodeNames(
      zip.entries.map(({ rawName, unicodeName, utf8, unix }) => ({
        bytes: rawName,
        unicode: unicodeName,
        utf8,
        unix,
      })),
    );
    if (isDocumentPackage(path, names)) return null;
    const listed = listEntries(path, zip.entries, names);
    if (zip.fault !== null) listed.problems.push(problem(faultCodes[zip.fault], path));
    return { ...listed, whole: listed.whole && zip.fault === null && !zip.more };
  } finally {
    await zip.close();
  }
}

function listEntries(archive: string, entries: readonly ZipEntry[], names: readonly string[]): Packed {
  const folder = dirname(archive);
  const place = (path: string): string => (folder === '.' ? path : `${folder}/${path}`);
  const members = entries
    .map((entry, index) => ({ entry, name: names[index] ?? '' }))
    .filter(({ entry, name }) => !isFolderName(name) || entry.bytes > 0);
  if (members.length > 0 && members.every(({ entry }) => entry.encrypted)) {
    return { files: [], problems: [problem('encrypted-archive', archive)], whole: false };
  }
  const files: ListedFile[] = [];
  const problems: PackageProblem[] = [];
  for (const { entry, name } of members) {
    const named = entryPath(name, defaultLimits.nameBytes);
    const refused = 'refused' in named ? named.refused : refusalOf(entry);
    const path = place('path' in named ? named.path : name);
    if (refused !== null) problems.push(problem(refused, path));
    else files.push({ path, bytes: entry.bytes, container: looksPacked(path) });
  }
  return { files, problems, whole: !files.some(({ container }) => container) };
}

/**
 * Lists a hand-in by names and first bytes only, so a service may do it while a candidate waits: lists of zips are
 * read up to a limit, nothing is inflated, other archives stay closed.
 * @param files path as the candidate named it, place of the bytes, size
 */
export async function listPackage(
  files: readonly { path: string; location: string; bytes: number }[],
): Promise<Listing> {
  const listed: ListedFile[] = [];
  const problems: PackageProblem[] = [];
  const closed: string[] = [];
  const shortcuts = new Set<string>();
  for (const { path, location, bytes } of files) {
    const head = await headOf(location);
    if (isShortcut(path, head)) shortcuts.add(path);
    const kind = await archiveKind(head, location);
    const packed = kind === 'zip' ? await listZip(path, location) : null;
    const container = packed !== null || (kind !== null && kind !== 'zip');
    listed.push({ path, bytes, container }, ...(packed?.files ?? []));
    problems.push(...(packed?.problems ?? []));
    if (container && !packed?.whole) closed.push(path);
  }
  return { files: listed, problems: [...problems, ...survey(listed, shortcuts)], closed };
}
