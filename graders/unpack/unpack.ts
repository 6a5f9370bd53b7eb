import { resolve } from 'node:path';
import { dirname } from 'node:path/posix';
import { bytesOf } from './byte-source.ts';
import { gather, type LooseFile, type Source } from './gather.ts';
import { junkOf } from './junk.ts';
import { Budget, defaultLimits, LimitReached, Meter, type UnpackLimits } from './limits.ts';
import type { Opening } from './opening.ts';
import { type PackageProblem, problem } from './problems.ts';
import { commonRoot } from './root.ts';
import { unpackWithSevenZip } from './seven-zip.ts';
import { type ArchiveKind, archiveKind, isShortcut } from './signature.ts';
import { type Measure, measureFile, Store } from './store.ts';
import { survey } from './survey.ts';
import { unpackZip } from './zip.ts';

export type { Source } from './gather.ts';
export type { UnpackLimits } from './limits.ts';

interface UnpackedFile {
  /** As the candidate named it: `/`-separated, NFC, common folder prefixes kept. Unique within the hand-in. */
  path: string;
  /** Absolute path of the bytes. What came out of an archive lies under a number, never under the candidate's name. */
  location: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  /** Path of the archive it came out of; null when it was handed in as it is. */
  fromArchive: string | null;
  modified: Date | null;
  /** True for an archive: what could be read of it stands beside it in the list. */
  container: boolean;
}

export interface Unpacked {
  /** In the order of their paths. An archive handed in beside other files is listed too, as a container. */
  files: UnpackedFile[];
  problems: PackageProblem[];
  /** The folder, one or two deep, that holds all files but junk and containers; '' when there is none (D1). */
  root: string;
}

export interface UnpackOptions extends Partial<UnpackLimits> {
  /** File names that the pages of the work refer to: they help to read names in an unknown encoding. */
  references?: readonly string[];
}

/**
 * Turns a hand-in (folder, archive, single file, or named files) into a list of files on disk. Archives are known
 * by their bytes and opened in place, `.docx` and its kin are not. Files of a folder stay where they are; unpacked
 * ones lie in a new folder inside `into`, which the caller removes. Bad input gives problems, never an error;
 * throws only when our own disk fails or `source` is not there.
 */
export async function unpack(source: Source, into: string, options: UnpackOptions = {}): Promise<Unpacked> {
  const { references = [], ...limits } = options;
  return new Unpacking(await Store.in(into), { ...defaultLimits, ...limits }, references).run(source);
}

class Unpacking {
  readonly #store: Store;
  readonly #budget: Budget;
  readonly #references: readonly string[];
  readonly #problems: PackageProblem[] = [];
  readonly #files = new Map<string, UnpackedFile>();
  readonly #shortcuts = new Set<string>();
  /** Archives found and not yet opened, with the number of archives on the way to them. */
  readonly #waiting: { file: UnpackedFile; kind: ArchiveKind; depth: number }[] = [];

  constructor(store: Store, limits: UnpackLimits, references: readonly string[]) {
    this.#store = store;
    this.#budget = new Budget(limits);
    this.#references = references;
  }

  async run(source: Source): Promise<Unpacked> {
    const loose: LooseFile[] = [];
    await this.#within('', () =>
      gather(source, { budget: this.#budget, problems: this.#problems, found: loose }),
    );
    for (const file of loose) await this.#addLoose(file);
    // An archive that is the whole hand-in is the envelope, not a file in it.
    const envelope = typeof source === 'string' && loose[0]?.location === source ? loose[0].path : null;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const { file } = next;
      const enclosing = file.path === envelope && file.fromArchive === null;
      if (enclosing) this.#files.delete(file.path);
      await this.#open(next);
      if (enclosing && !file.container) this.#files.set(file.path, file);
    }
    return this.#result();
  }

  #result(): Unpacked {
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.#problems.push(...survey(files, this.#shortcuts));
    const work = files.filter(({ path, container }) => !container && junkOf(path) === null);
    if (work.length === 0 && this.#problems.length === 0) this.#problems.push(problem('empty-package', ''));
    return { files, problems: this.#problems, root: commonRoot(files) };
  }

  async #addLoose({ path, location, modified }: LooseFile): Promise<void> {
    const stored =
      typeof location === 'string'
        ? { location: resolve(location), ...(await measureFile(location)) }
        : await this.#store.keep(bytesOf(location), new Meter(this.#budget, Number.POSITIVE_INFINITY));
    await this.#add(path, stored, { modified, fromArchive: null, depth: 0 });
  }

  /** Takes a file into the list, under another name where a different one has its path already. */
  async #add(
    path: string,
    stored: Measure & { location: string },
    from: { modified: Date | null; fromArchive: string | null; depth: number },
  ): Promise<void> {
    const { location, bytes, sha256, head } = stored;
    const free = this.#freePath(path, sha256);
    if (free === null) return;
    const { modified, fromArchive } = from;
    const file = { path: free, location, bytes, sha256, fromArchive, modified, container: false };
    this.#files.set(free, file);
    const kind = junkOf(free) === null ? await archiveKind(head, location) : null;
    // 准考证号.zip inside 准考证号.zip loses nothing: its content has its own places.
    if (free !== path && kind === null) this.#problems.push(problem('unsupported-duplicate', free));
    if (isShortcut(free, head)) this.#shortcuts.add(free);
    if (kind !== null) this.#waiting.push({ file, kind, depth: from.depth });
  }

  /** `a.jpg`, `a (2).jpg` …; null when the same bytes stand there already: folder and archive of it were both handed in. */
  #freePath(path: string, sha256: string): string | null {
    const dot = path.lastIndexOf('.') > path.lastIndexOf('/') + 1 ? path.lastIndexOf('.') : path.length;
    for (let count = 1; ; count++) {
      const candidate = count === 1 ? path : `${path.slice(0, dot)} (${count})${path.slice(dot)}`;
      const standing = this.#files.get(candidate);
      if (standing === undefined) return candidate;
      if (standing.sha256 === sha256) return null;
    }
  }

  async #open({
    file,
    kind,
    depth,
  }: {
    file: UnpackedFile;
    kind: ArchiveKind;
    depth: number;
  }): Promise<void> {
    if (depth >= this.#budget.limits.depth) {
      this.#problems.push(problem('bomb-depth', file.path));
      return;
    }
    const folder = dirname(file.path);
    const place = (path: string) => (folder === '.' ? path : `${folder}/${path}`);
    const opening: Opening = {
      archive: file.path,
      references: this.#references,
      budget: this.#budget,
      store: this.#store,
      problems: this.#problems,
      place,
      add: (path, stored, modified) =>
        this.#add(place(path), stored, { modified, fromArchive: file.path, depth: depth + 1 }),
    };
    file.container = true;
    await this.#within(file.path, async () => {
      if (kind !== 'zip') await unpackWithSevenZip(file.location, kind, opening);
      else file.container = await unpackZip(file.location, opening);
    });
  }

  async #within(archive: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      this.#problems.push(problem(`bomb-${error.kind}`, archive));
    }
  }
}
