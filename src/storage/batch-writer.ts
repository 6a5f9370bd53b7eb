import type { FileHandle } from 'node:fs/promises';

/** Small chunks are gathered to this many bytes per write: fewer calls, and a source holds at most twice as much. */
const BATCH_BYTES = 256 * 1024;
const BATCH_CHUNKS = 512;

/** Writing failed, as opposed to reading; `cause` is the error of the system. */
export class WriteError extends Error {
  override name = 'WriteError';
}

/** Writes chunks one after the other: one batch is on its way to the file while the next is gathered. */
export class BatchWriter {
  readonly #file: FileHandle;
  #gathered: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Resolves when there is room for more. The chunk must not change afterwards. Throws a WriteError. */
  async add(chunk: Uint8Array): Promise<void> {
    this.#gathered.push(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes >= BATCH_BYTES || this.#gathered.length >= BATCH_CHUNKS) await this.#flush();
  }

  /** Resolves when everything is on disk. Throws a WriteError. */
  async finish(): Promise<void> {
    if (this.#bytes > 0) await this.#flush();
    await this.#writing;
    await this.#file.sync().catch(failed);
  }

  /** Resolves when no write is under way any more, whatever became of it: the file may be closed. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#writing]);
  }

  async #flush(): Promise<void> {
    const batch = this.#gathered;
    this.#gathered = [];
    this.#bytes = 0;
    await this.#writing;
    this.#writing = writeAll(this.#file, batch).catch(failed);
    // Awaited with the next batch or at the end; until then a failure has nobody to tell.
    this.#writing.catch(() => undefined);
  }
}

async function writeAll(file: FileHandle, batch: Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(batch);
  const total = batch.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  if (bytesWritten < total) await file.writeFile(Buffer.concat(batch).subarray(bytesWritten));
}

function failed(cause: unknown): never {
  throw new WriteError('writing failed', { cause });
}
