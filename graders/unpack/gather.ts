import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { entryPath } from './entry-path.ts';
import type { Budget } from './limits.ts';
import { type PackageProblem, problem } from './problems.ts';
import { decodeNames } from './zip-names.ts';

/** A file of the hand-in that lies on our disk already: the name it was given, and where its bytes are. */
export interface NamedFile {
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
    for (const file of source) await look(file, file.location, walk);
  } else if ((await stat(source)).isDirectory()) {
    await walkFolder(Buffer.from(source), '', walk);
  } else {
    await look({ path: basename(source), location: source }, await realpath(source), walk);
  }
}

/** Names are read as bytes: a folder unpacked on Linux may hold GBK names, which a string would destroy. */
async function walkFolder(folder: Buffer, path: string, state: Walk): Promise<void> {
  const rawNames = await readdir(folder, { encoding: 'buffer' });
  const names = decodeNames(rawNames.map((bytes) => ({ bytes, unicode: null, utf8: true, unix: true })));
  const children = names.map((name, index) => ({ name, raw: rawNames[index] ?? Buffer.alloc(0) }));
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, raw } of children) {
    const location = Buffer.concat([folder, Buffer.from('/'), raw]);
    const readable = location.equals(Buffer.from(location.toString())) ? location.toString() : location;
    await look({ path: path === '' ? name : `${path}/${name}`, location: readable }, location, state);
  }
}

async function look(file: NamedFile, location: string | Buffer, state: Walk): Promise<void> {
  const { budget, problems, found } = state;
  budget.enter();
  const status = await lstat(location);
  const named = entryPath(file.path, budget.limits.nameBytes);
  if ('refused' in named) problems.push(problem(named.refused, file.path));
  else if (status.isSymbolicLink()) problems.push(problem('link-file', named.path));
  else if (status.isDirectory()) await walkFolder(Buffer.from(location), named.path, state);
  else if (!status.isFile()) problems.push(problem('unsupported-special', named.path));
  else found.push({ path: named.path, location: file.location, bytes: status.size, modified: status.mtime });
}
