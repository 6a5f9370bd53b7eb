import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What went into a file. */
export interface Written {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Writes a new file and flushes it; its name is the caller's to make durable. @throws when there is one already */
export async function writeNew(
  source: AsyncIterable<Uint8Array>,
  target: string,
  mode = 0o600,
): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        yield chunk;
      }
    },
    createWriteStream(target, { flags: 'wx', mode, flush: true }),
  );
  return { bytes, sha256: hash.digest('hex') };
}

/** Copies a file as `writeNew` does. The hash is that of the bytes that were copied. */
export const copyNew = (from: string, target: string, mode?: number): Promise<Written> =>
  writeNew(createReadStream(from, { highWaterMark: 1024 * 1024 }), target, mode);
