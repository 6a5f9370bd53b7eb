/** Storing failed. Nothing of it is visible afterwards; the caller may try again. */
export class StorageError extends Error {
  override name = 'StorageError';
}

/** More bytes came than allowed. */
export class TooLargeError extends StorageError {
  override name = 'TooLargeError';
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`more than the ${maxBytes} bytes allowed`);
    this.maxBytes = maxBytes;
  }
}

/** The bytes stopped coming before their end. */
export class InterruptedError extends StorageError {
  override name = 'InterruptedError';
  constructor(bytes: number, cause: unknown) {
    super(`the source broke off after ${bytes} bytes`, { cause });
  }
}

/** The bytes are not the ones that were announced. */
export class HashMismatchError extends StorageError {
  override name = 'HashMismatchError';
  readonly expected: string;
  readonly actual: string;
  constructor(expected: string, actual: string) {
    super(`expected SHA-256 ${expected}, the bytes have ${actual}`);
    this.expected = expected;
    this.actual = actual;
  }
}

/** The disk, or the quota on it, is full. */
export class NoSpaceError extends StorageError {
  override name = 'NoSpaceError';
  constructor(path: string, cause: unknown) {
    super(`no space left to write ${path}`, { cause });
  }
}

/** Nothing is stored under this hash. */
export class MissingBlobError extends StorageError {
  override name = 'MissingBlobError';
  constructor(sha256: string) {
    super(`no blob ${sha256}`);
  }
}

/** A document is stored under this name already, and it is another one. */
export class ConflictError extends StorageError {
  override name = 'ConflictError';
  constructor(path: string) {
    super(`${path} holds another document; what was promised is never overwritten`);
  }
}

const FULL = ['ENOSPC', 'EDQUOT'];

/** The code of a failed system call, for example `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The same error, unless it says that the disk is full. */
export function asStorageError(error: unknown, path: string): unknown {
  return FULL.includes(errorCode(error) ?? '') ? new NoSpaceError(path, error) : error;
}
