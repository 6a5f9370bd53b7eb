import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';

/** Bytes that can be read anywhere, from a file or from memory, without holding all of them. */
export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes from `position`; fewer at the end, none outside. */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

const chunkBytes = 64 * 1024;

export async function openBytes(from: string | Uint8Array): Promise<ByteSource> {
  if (typeof from !== 'string') {
    const bytes = Buffer.from(from.buffer, from.byteOffset, from.byteLength);
    return {
      size: bytes.length,
      read: async (position, length) => bytes.subarray(...clamp(position, length, bytes.length)),
      close: async () => undefined,
    };
  }
  const file = await open(from, 'r');
  const { size } = await file.stat();
  const load = async (start: number, end: number) => {
    const target = Buffer.allocUnsafe(end - start);
    const { bytesRead } = await file.read(target, 0, target.length, start);
    return target.subarray(0, bytesRead);
  };
  // Headers and small files lie side by side: one reading of the disk serves many of ours.
  let window = { start: 0, bytes: Buffer.alloc(0) };
  return {
    size,
    async read(position, length) {
      const [start, end] = clamp(position, length, size);
      if (end - start >= chunkBytes) return load(start, end);
      if (start < window.start || end > window.start + window.bytes.length) {
        window = { start, bytes: await load(start, Math.min(size, start + chunkBytes)) };
      }
      return window.bytes.subarray(start - window.start, end - window.start);
    },
    close: () => file.close(),
  };
}

/** A forged offset may be negative, fractional or beyond 2^53: it reads nothing. */
function clamp(position: number, length: number, size: number): [number, number] {
  if (!Number.isSafeInteger(position) || position < 0 || position >= size) return [0, 0];
  return [position, Math.min(size, position + Math.max(0, length))];
}

/** The bytes from `start` up to `end`, in chunks. */
export function streamOf(source: ByteSource, start: number, end: number): Readable {
  return Readable.from(chunks(source, start, end), { objectMode: false, highWaterMark: chunkBytes });
}

async function* chunks(source: ByteSource, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const chunk = await source.read(position, Math.min(chunkBytes, end - position));
    if (chunk.length === 0) return;
    position += chunk.length;
    yield chunk;
  }
}

/** The bytes of a file, opened with the first read. */
export async function* bytesOf(location: string | Buffer): AsyncGenerator<Buffer> {
  yield* createReadStream(location);
}

/**
 * Packed bytes through a decompressor. Both begin with the first read: an error that comes before anybody listens
 * would end the process.
 */
export async function* through(packed: () => Readable, decompressor: Transform): AsyncGenerator<Buffer> {
  const source = packed();
  source.on('error', (error) => decompressor.destroy(error));
  try {
    yield* source.pipe(decompressor);
  } finally {
    source.destroy();
    decompressor.destroy();
  }
}
