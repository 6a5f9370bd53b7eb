import type { Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { entryPath } from './entry-path.ts';
import type { Budget } from './limits.ts';
import { type PackageProblem, problem } from './problems.ts';
import { decodeNames } from './zip-names.ts';

/** A file of the hand-in that lies on our disk already: the name it was given, and where its bytes are. */
interface NamedFile {
  /** As the candidate named it, `/`-separated. */
  path: string;
  /** Where the bytes are. A Buffer where the name on disk is no UTF-8. */
  location: string | Buffer;
}

export interface LooseFile extends NamedFile {
  bytes: number;
  modified: Date | null;
}

/** A hand-in as it comes: a folder, a single file or archive, or files whose names are kept apart from their bytes. */
export type Source = string | readonly NamedFile[];

/** Where a walk counts, reports and collects; what it found so far stands when a limit ends it. */
export interface Walk {
  budget: Budget;
  problems: PackageProblem[];
  found: LooseFile[];
}

/** Finds all files of the source; links and devices are left out and reported. Throws when the source is not there. */
export async function gather(source: Source, walk: Walk): Promise<void> {
  if (typeof source !== 'string') {
    for (const file of source) {
      walk.budget.enter();
      take(file.path, { location: file.location, status: await lstat(file.location) }, walk);
    }
    return;
  }
  // The source itself may be a link, as mounts and `latest` folders are; nothing inside it may.
  const real = await realpath(source);
  const status = await lstat(real);
  if (status.isDirectory()) await gatherFolder(Buffer.from(real), walk);
  else take(basename(source), { location: source, status }, walk);
}

interface Seen {
  location: string | Buffer;
  status: Stats;
}

/** Names are read as bytes and decoded together: a folder unpacked on Linux may hold GBK names, which a string would destroy. */
async function gatherFolder(folder: Buffer, walk: Walk): Promise<void> {
  const seen: (Seen & { location: Buffer })[] = [];
  try {
    await scan(folder, walk.budget, seen);
  } finally {
    const raw = seen.map(({ location }) => location.subarray(folder.length + 1));
    const names = decodeNames(raw.map((bytes) => ({ bytes, unicode: null, utf8: false, unix: true })));
    for (const [index, { location, status }] of seen.entries()) {
      const text = location.toString();
      take(
        names[index] ?? '',
        { location: Buffer.from(text).equals(location) ? text : location, status },
        walk,
      );
    }
  }
}

async function scan(folder: Buffer, budget: Budget, seen: (Seen & { location: Buffer })[]): Promise<void> {
  const names = await readdir(folder, { encoding: 'buffer' });
  for (const name of names.sort(Buffer.compare)) {
    budget.enter();
    const location = Buffer.concat([folder, Buffer.from('/'), name]);
    const status = await lstat(location);
    if (status.isDirectory()) await scan(location, budget, seen);
    else seen.push({ location, status });
  }
}

function take(name: string, { location, status }: Seen, { budget, problems, found }: Walk): void {
  const named = entryPath(name, budget.limits.nameBytes);
  if ('refused' in named) problems.push(problem(named.refused, name));
  else if (status.isSymbolicLink()) problems.push(problem('link-file', named.path));
  else if (!status.isFile()) problems.push(problem('unsupported-special', named.path));
  else found.push({ path: named.path, location, bytes: status.size, modified: status.mtime });
}
