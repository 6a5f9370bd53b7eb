import { constants } from 'node:fs';
import {
  chmod,
  copyFile,
  type FileHandle,
  mkdir,
  open,
  opendir,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { BlobStore, ByteRange, PutOptions, StoredBlob } from './blob-store.ts';
import { DirectorySync } from './directory-sync.ts';
import { asStorageError, errorCode, MissingBlobError } from './errors.ts';
import { receive } from './receive.ts';
import { prepareStore } from './store-folder.ts';
import { temporaryPath } from './sweep.ts';

/** Nobody changes what is stored; who needs to, copies. */
const READ_ONLY = 0o440;

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Blobs as files, `<folder>/ab/cd/<sha256>`. Half-written ones are in `<folder>/incoming`, on the same file system,
 * so that a rename brings them in whole. Leftovers of killed processes are swept away when the store is opened.
 */
export async function openFileBlobStore(folder: string): Promise<BlobStore> {
  return new FileBlobStore(folder, await prepareStore(folder, 'incoming'));
}

class FileBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #incoming: string;
  readonly #folders: DirectorySync;

  constructor(folder: string, incoming: string) {
    this.#folder = folder;
    this.#incoming = incoming;
    this.#folders = new DirectorySync(folder);
  }

  async put(source: Readable | AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredBlob> {
    const path = temporaryPath(this.#incoming);
    expectFailure(source);
    try {
      const file = await open(path, 'wx', READ_ONLY);
      const received = await closing(file, () => receive(source, file, options));
      return await this.#bringIn(path, received);
    } catch (error) {
      await removeIfThere(path);
      throw asStorageError(error, path);
    }
  }

  async adopt(path: string, options: PutOptions): Promise<StoredBlob> {
    const file = await open(path, 'r');
    const received = await closing(file, async () => {
      const read = await receive(file.createReadStream({ autoClose: false }), undefined, options);
      await file.sync();
      return read;
    });
    await chmod(path, READ_ONLY);
    try {
      return await this.#bringIn(path, received);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw asStorageError(error, path);
    }
    const stored = await this.#copyIn(path, options);
    await unlink(path);
    return stored;
  }

  async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const file = await this.#openFile(sha256);
    try {
      const { size } = await file.stat();
      if (range !== undefined) refuseOutside(range, size);
      return file.createReadStream(range);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async copyTo(sha256: string, path: string): Promise<void> {
    try {
      await copyFile(this.#path(sha256), path, constants.COPYFILE_FICLONE);
      await chmod(path, 0o640);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' && !(await this.has(sha256))) throw new MissingBlobError(sha256);
      throw asStorageError(error, path);
    }
  }

  async stat(sha256: string): Promise<StoredBlob | undefined> {
    try {
      const { size } = await stat(this.#path(sha256));
      return { sha256, bytes: size, location: locationOf(sha256) };
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async localPath(sha256: string): Promise<string | null> {
    return (await this.has(sha256)) ? this.#path(sha256) : null;
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.stat(sha256)) !== undefined;
  }

  async verify(sha256: string): Promise<'intact' | 'damaged' | 'missing'> {
    const found = await this.stat(sha256);
    if (found === undefined) return 'missing';
    const file = await this.#openFile(sha256);
    const read = await closing(file, () =>
      receive(file.createReadStream({ autoClose: false }), undefined, { maxBytes: Number.MAX_SAFE_INTEGER }),
    );
    return read.sha256 === sha256 ? 'intact' : 'damaged';
  }

  async *list(): AsyncIterable<StoredBlob> {
    for await (const entry of await opendir(this.#folder, { recursive: true })) {
      if (!entry.isFile() || !SHA256.test(entry.name)) continue;
      const found = await this.stat(entry.name);
      if (found !== undefined) yield found;
    }
  }

  async #copyIn(path: string, options: PutOptions): Promise<StoredBlob> {
    const file = await open(path, 'r');
    return closing(file, () => this.put(file.createReadStream({ autoClose: false }), options));
  }

  /**
   * Renames over a blob of the same hash, if there is one: the bytes are the same, and fresh ones heal a disk's error.
   * Its names are made durable even then, because whoever stored it first may not have come that far yet.
   */
  async #bringIn(from: string, { sha256, bytes }: { sha256: string; bytes: number }): Promise<StoredBlob> {
    const to = this.#path(sha256);
    try {
      await rename(from, to);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      await mkdir(dirname(to), { recursive: true });
      await rename(from, to);
    }
    await this.#folders.settle(dirname(to));
    return { sha256, bytes, location: locationOf(sha256) };
  }

  async #openFile(sha256: string): Promise<FileHandle> {
    try {
      return await open(this.#path(sha256), 'r');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw new MissingBlobError(sha256);
      throw error;
    }
  }

  #path(sha256: string): string {
    return join(this.#folder, locationOf(sha256));
  }
}

/** Hashes come from requests and manifests: nothing but a hash becomes part of a path. */
function locationOf(sha256: string): string {
  if (!SHA256.test(sha256)) throw new TypeError(`not a SHA-256 in lower-case hex: ${JSON.stringify(sha256)}`);
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

function refuseOutside({ start, end }: ByteRange, size: number): void {
  const whole = Number.isInteger(start) && Number.isInteger(end);
  if (whole && start >= 0 && start <= end && end < size) return;
  throw new RangeError(`bytes ${start}-${end} are not within the blob's ${size} bytes`);
}

/**
 * A source may break before anybody reads it, and a stream's error that nobody listens to ends the process. Whoever
 * reads it afterwards still gets the error.
 */
function expectFailure(source: Readable | AsyncIterable<Uint8Array>): void {
  if (source instanceof Readable) source.on('error', () => undefined);
}

async function closing<T>(file: FileHandle, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await file.close();
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
