import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { BatchWriter, WriteError } from './batch-writer.ts';
import type { PutOptions } from './blob-store.ts';
import { HashMismatchError, InterruptedError, TooLargeError } from './errors.ts';

/** What came. */
export interface Received {
  /** In lower-case hex. */
  sha256: string;
  bytes: number;
}

/**
 * Reads the source to its end, hashing on the way; with a file, writes it there and fsyncs it. A slow disk slows the
 * source. Throws TooLargeError, InterruptedError, HashMismatchError, or the system's error of a failed write.
 */
export async function receive(
  source: Readable | AsyncIterable<Uint8Array>,
  file: FileHandle | undefined,
  { maxBytes, expectedSha256, signal }: PutOptions,
): Promise<Received> {
  const hash = createHash('sha256');
  const writer = file === undefined ? undefined : new BatchWriter(file);
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(source, signal)) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new TooLargeError(maxBytes);
      hash.update(chunk);
      await writer?.add(chunk);
    }
    await writer?.finish();
  } catch (error) {
    await writer?.settle();
    if (error instanceof WriteError) throw error.cause;
    throw error instanceof TooLargeError ? error : new InterruptedError(bytes, error);
  }
  const sha256 = hash.digest('hex');
  if (expectedSha256 !== undefined && expectedSha256 !== sha256)
    throw new HashMismatchError(expectedSha256, sha256);
  return { sha256, bytes };
}

/** A stream is left open when reading ends early: a server may still have to answer the request. */
function chunksOf(
  source: Readable | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  if (!(source instanceof Readable)) return source;
  if (signal !== undefined) addAbortSignal(signal, source);
  return source.iterator({ destroyOnReturn: false });
}
