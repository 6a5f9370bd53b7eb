import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { entryPath, isFolderName } from './entry-path.ts';
import { defaultLimits } from './limits.ts';
import { isDocumentPackage } from './office.ts';
import { type PackageProblem, problem } from './problems.ts';
import { archiveKind, headBytes, isShortcut } from './signature.ts';
import { survey } from './survey.ts';
import { openZip } from './zip-directory.ts';
import { decodeNames } from './zip-names.ts';

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  readonly container: boolean;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly problems: readonly PackageProblem[];
  /** False when an archive was not looked into: what is missing cannot be told. */
  readonly complete: boolean;
}

interface Packed {
  files: ListedFile[];
  problems: PackageProblem[];
  complete: boolean;
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

/** Names and sizes from a zip's directory; nothing is inflated. Null when it is a document. */
async function listZip(path: string, location: string): Promise<Packed | null> {
  const zip = await openZip(location, defaultLimits.entries);
  try {
    const raw = zip.entries.map(({ rawName, unicodeName, utf8, unix }) => ({
      bytes: rawName,
      unicode: unicodeName,
      utf8,
      unix,
    }));
    const names = decodeNames(raw);
    if (isDocumentPackage(path, names)) return null;
    const folder = posix.dirname(path);
    const problems: PackageProblem[] = [];
    if (zip.fault === 'broken') problems.push(problem('truncated-archive', path));
    if (zip.fault === 'volume') problems.push(problem('unsupported-volume', path));
    const members = zip.entries.flatMap((entry, index) => {
      const name = names[index] ?? '';
      return isFolderName(name) ? [] : [{ entry, named: entryPath(name, defaultLimits.nameBytes) }];
    });
    const locked = members.filter(({ entry }) => entry.encrypted);
    if (zip.fault === 'encrypted' || (locked.length > 0 && locked.length === members.length)) {
      return { files: [], problems: [problem('encrypted-archive', path)], complete: false };
    }
    const files: ListedFile[] = [];
    for (const { entry, named } of members) {
      if ('refused' in named) problems.push(problem(named.refused, path));
      else if (entry.encrypted) problems.push(problem('encrypted-file', named.path));
      else files.push({ path: posix.join(folder, named.path), bytes: entry.bytes, container: false });
    }
    return { files, problems, complete: zip.fault === null && !zip.more && problems.length === 0 };
  } finally {
    await zip.close();
  }
}

/**
 * Lists a hand-in by names and first bytes only, so a service may do it while a candidate waits: directories of zips
 * are read, nothing is inflated, other archives stay closed (`complete` is false then).
 * @param files path as the candidate named it, place of the bytes, size
 */
export async function listPackage(
  files: readonly { path: string; location: string; bytes: number }[],
): Promise<Listing> {
  const listed: ListedFile[] = [];
  const problems: PackageProblem[] = [];
  const shortcuts = new Set<string>();
  let complete = true;
  for (const { path, location, bytes } of files) {
    const head = await headOf(location);
    if (isShortcut(path, head)) shortcuts.add(path);
    const kind = await archiveKind(head, location);
    const packed = kind === 'zip' ? await listZip(path, location) : null;
    if (packed) {
      listed.push(...packed.files);
      problems.push(...packed.problems);
      complete &&= packed.complete;
    }
    const closed = kind !== null && kind !== 'zip';
    if (closed) complete = false;
    listed.push({ path, bytes, container: packed !== null || closed });
  }
  return { files: listed, problems: [...problems, ...survey(listed, shortcuts)], complete };
}
