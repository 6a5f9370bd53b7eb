import { createHash } from 'node:crypto';
import { link, mkdir, open, opendir, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DirectorySync } from './directory-sync.ts';
import { asStorageError, ConflictError, errorCode } from './errors.ts';
import { prepareStore } from './store-folder.ts';
import { temporaryPath } from './sweep.ts';

/** What was written. */
export interface StoredManifest {
  /** Of the file's bytes, in lower-case hex. */
  sha256: string;
  bytes: number;
  /** Relative to the store: `<exam>/<attempt>.json`. */
  location: string;
}

/** A manifest as found. One that cannot be read is reported, never left out: it is somebody's hand-in. */
export type FoundManifest = {
  examId: string;
  attemptId: string;
  location: string;
} & ({ value: unknown; sha256: string } | { problem: string });

/** What was handed in, beside the bytes: enough to rebuild the database's part of intake. */
export interface ManifestStore {
  /**
   * Writes a manifest once. When it resolves, file and name are on disk. Writing the same again changes nothing;
   * another one under the same name is a ConflictError. Throws NoSpaceError.
   */
  write(examId: string, attemptId: string, value: unknown): Promise<StoredManifest>;
  read(examId: string, attemptId: string): Promise<FoundManifest | undefined>;
  list(): AsyncIterable<FoundManifest>;
}

/** Ids become names of files: nothing else may be in them. */
const ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Manifests as files, `<folder>/<exam>/<attempt>.json`. */
export async function openManifestStore(folder: string): Promise<ManifestStore> {
  return new FileManifestStore(folder, await prepareStore(folder, '.incoming'));
}

class FileManifestStore implements ManifestStore {
  readonly #folder: string;
  readonly #incoming: string;
  readonly #folders: DirectorySync;

  constructor(folder: string, incoming: string) {
    this.#folder = folder;
    this.#incoming = incoming;
    this.#folders = new DirectorySync(folder);
  }

  async write(examId: string, attemptId: string, value: unknown): Promise<StoredManifest> {
    const location = locationOf(examId, attemptId);
    const content = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
    const written = temporaryPath(this.#incoming);
    try {
      await writeDurably(written, content);
      await this.#name(written, join(this.#folder, location), content);
    } catch (error) {
      throw asStorageError(error, location);
    } finally {
      await unlink(written).catch((error: unknown) => {
        if (errorCode(error) !== 'ENOENT') throw error;
      });
    }
    await this.#folders.settle(join(this.#folder, examId));
    return { sha256: sha256(content), bytes: content.byteLength, location };
  }

  async read(examId: string, attemptId: string): Promise<FoundManifest | undefined> {
    const location = locationOf(examId, attemptId);
    const known = { examId, attemptId, location };
    try {
      const content = await readFile(join(this.#folder, location));
      return { ...known, value: JSON.parse(content.toString('utf8')), sha256: sha256(content) };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      return { ...known, problem: error instanceof Error ? error.message : String(error) };
    }
  }

  async *list(): AsyncIterable<FoundManifest> {
    for await (const exam of await opendir(this.#folder)) {
      if (!exam.isDirectory() || !ID.test(exam.name)) continue;
      for await (const { name } of await opendir(join(this.#folder, exam.name))) {
        const found = await this.#find(exam.name, name);
        if (found !== undefined) yield found;
      }
    }
  }

  async #find(examId: string, name: string): Promise<FoundManifest | undefined> {
    const attemptId = name.replace(/\.json$/, '');
    if (ID.test(attemptId)) return this.read(examId, attemptId);
    return { examId, attemptId, location: `${examId}/${name}`, problem: 'its name is not an id with .json' };
  }

  /** A link, unlike a rename, never replaces what is there. */
  async #name(written: string, path: string, content: Buffer): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    try {
      await link(written, path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      if (!content.equals(await readFile(path))) throw new ConflictError(path);
    }
  }
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o440);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

function locationOf(examId: string, attemptId: string): string {
  for (const id of [examId, attemptId]) {
    if (!ID.test(id)) throw new TypeError(`not an id: ${JSON.stringify(id)}`);
  }
  return `${examId}/${attemptId}.json`;
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
