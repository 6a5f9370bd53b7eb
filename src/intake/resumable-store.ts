import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import type { BlobStore } from '../storage/blob-store.ts';
import { errorCode, HashMismatchError } from '../storage/errors.ts';
import type { UploadRow } from './resumable-queries.ts';

/** What became of an upload's bytes. */
export type Adopted = 'stored' | 'unfinished' | 'mismatch';

/** Where resumable uploads wait until they are whole: `<folder>/<upload id>` and tus's own note beside it. */
export class UploadStore {
  readonly tus: FileStore;
  readonly #folder: string;
  readonly #blobs: BlobStore;

  private constructor(folder: string, blobs: BlobStore) {
    this.tus = new FileStore({ directory: folder });
    this.#folder = folder;
    this.#blobs = blobs;
  }

  static async open(folder: string, blobs: BlobStore): Promise<UploadStore> {
    // Before tus does, which makes it without waiting and ends the process when it cannot.
    await mkdir(folder, { recursive: true });
    return new UploadStore(folder, blobs);
  }

  /** How many bytes of an upload are here; 0 for none. */
  async received({ id, completedAt, length }: UploadRow): Promise<number> {
    if (completedAt) return length;
    return (await this.#size(id)) ?? 0;
  }

  /**
   * Moves an upload's bytes into the store for good, when all are here and are the declared ones; others are thrown
   * away, so that they can be sent again.
   */
  async adopt({ id, length, offset, declaredSha256 }: UploadRow): Promise<Adopted> {
    const size = await this.#size(id);
    // All came once and the file is gone: a process died between moving it and saying so.
    if (size === null && offset === length && (await this.#blobs.has(declaredSha256))) return 'stored';
    if (size !== length) return 'unfinished';
    try {
      await this.#blobs.adopt(join(this.#folder, id), { maxBytes: length, expectedSha256: declaredSha256 });
    } catch (error) {
      if (!(error instanceof HashMismatchError)) throw error;
      await this.discard(id);
      return 'mismatch';
    }
    await this.discard(id);
    return 'stored';
  }

  /** Removes what is here of an upload. */
  async discard(id: string): Promise<void> {
    for (const name of [id, `${id}.json`]) await rm(join(this.#folder, name), { force: true });
  }

  /** Uploads that nothing was added to since a moment. */
  async untouchedSince(moment: Date): Promise<string[]> {
    const found = new Set<string>();
    for (const name of await readdir(this.#folder)) {
      const { mtimeMs } = await stat(join(this.#folder, name));
      if (mtimeMs < moment.getTime()) found.add(name.replace(/\.json$/, ''));
    }
    return [...found];
  }

  async #size(id: string): Promise<number | null> {
    try {
      return (await stat(join(this.#folder, id))).size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }
}
