import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Meter } from './limits.ts';
import { headBytes } from './signature.ts';

/** What one reading of a file tells. */
export interface Measure {
  bytes: number;
  /** Hex. */
  sha256: string;
  /** The first bytes, enough to tell what it is. */
  head: Buffer;
}

export interface Stored extends Measure {
  location: string;
  crc32: number;
  /** The data broke off; what came before is kept. */
  broken: boolean;
}

/** Writes unpacked bytes under numbers of its own: a candidate's name never reaches the file system (D17). */
export class Store {
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A new folder inside `into`, which is made if it is not there. */
  static async in(into: string): Promise<Store> {
    await mkdir(into, { recursive: true });
    return new Store(await mkdtemp(join(into, 'unpacked-')));
  }

  /** A location nobody has written to. */
  next(): string {
    this.#count += 1;
    return join(this.#folder, String(this.#count).padStart(6, '0'));
  }

  /**
   * Writes a stream as far as it goes, at most the `claimed` bytes: one that has more is not what its list says.
   * Throws `LimitReached`, and then keeps nothing of it.
   */
  async keep(
    stream: AsyncIterable<Buffer>,
    meter: Meter,
    claimed = Number.POSITIVE_INFINITY,
  ): Promise<Stored> {
    const location = this.next();
    const hash = createHash('sha256');
    const stored = { location, bytes: 0, crc32: 0, broken: false };
    let head: Buffer = Buffer.alloc(0);
    const file = await open(location, 'wx');
    try {
      meter.startFile();
      for await (const chunk of untilBroken(stream, () => (stored.broken = true))) {
        meter.spend(chunk.length);
        if (stored.bytes + chunk.length > claimed) {
          stored.broken = true;
          break;
        }
        hash.update(chunk);
        stored.crc32 = crc32(chunk, stored.crc32);
        stored.bytes += chunk.length;
        head = grown(head, chunk);
        await file.writeFile(chunk);
      }
    } catch (error) {
      await rm(location, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return { ...stored, head, sha256: hash.digest('hex') };
  }
}

/** Ends a stream where its data is damaged. Errors of our own disk carry a system call and go up. */
async function* untilBroken(stream: AsyncIterable<Buffer>, onBroken: () => void): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    onBroken();
  }
}

/** Measures a file that is there already. */
export async function measureFile(location: string | Buffer): Promise<Measure> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(location)) {
    bytes += chunk.length;
    hash.update(chunk);
    head = grown(head, chunk);
  }
  return { bytes, sha256: hash.digest('hex'), head };
}

function grown(head: Buffer, chunk: Buffer): Buffer {
  return head.length >= headBytes ? head : Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
}
