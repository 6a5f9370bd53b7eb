import type { Readable } from 'node:stream';

/** Bytes that are stored for good, by what they are. */
export interface StoredBlob {
  /** SHA-256 in lower-case hex. */
  sha256: string;
  bytes: number;
  /** Where the store keeps it, relative to the store: for manifests and people, never to build a path from. */
  location: string;
}

export interface PutOptions {
  /** More than this is a TooLargeError. */
  maxBytes: number;
  /** Other bytes than these are a HashMismatchError. */
  expectedSha256?: string;
  /** Aborting it ends the put with an InterruptedError. */
  signal?: AbortSignal;
}

/** First and last byte, both included, from 0: as in an HTTP Range header. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Content-addressed storage: the same bytes are stored once, whoever brings them. What a method returned is on disk,
 * with its name, and stays when the power fails. A blob is there whole or not at all.
 */
export interface BlobStore {
  /**
   * Takes the bytes of the source as they come, in constant memory. The source is not closed when the put fails, so
   * that a server can still answer the request it belongs to.
   * Throws TooLargeError, InterruptedError, HashMismatchError, NoSpaceError; nothing is left behind then.
   */
  put(source: Readable | AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredBlob>;
  /**
   * Takes over a finished file, which is gone from its old place afterwards. Its bytes are read and hashed here.
   * Throws like `put`; the file stays where it was then.
   */
  adopt(path: string, options: PutOptions): Promise<StoredBlob>;
  /** The bytes, or a range of them. Throws MissingBlobError, and RangeError for a range that is not within the blob. */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Writes a copy that the caller may change. Throws MissingBlobError, NoSpaceError. */
  copyTo(sha256: string, path: string): Promise<void>;
  /**
   * Where the bytes lie on this machine, for programs that read files; to be read only. Null when the store has no
   * such blob.
   */
  localPath(sha256: string): Promise<string | null>;
  stat(sha256: string): Promise<StoredBlob | undefined>;
  has(sha256: string): Promise<boolean>;
  /** Reads the bytes again and compares their hash. */
  verify(sha256: string): Promise<'intact' | 'damaged' | 'missing'>;
  /** Every blob, in no particular order. */
  list(): AsyncIterable<StoredBlob>;
}
