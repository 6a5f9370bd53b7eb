import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A lock between processes, held on a file. The operating system lets go of it when the process ends, however
 * it ends, so there is no stale lock and no guessing from process ids that may have been given to another program.
 * Node cannot lock files itself; its SQLite can, and an empty SQLite file with an open transaction is nothing else.
 */
export interface FileLock {
  release(): void;
}

/** `shared`: many at once, but none beside an exclusive one. */
export type LockMode = 'shared' | 'exclusive';

const SQLITE_BUSY = 5;

/** Reachable on purpose: a lock that nobody refers to would be collected, and with it let go. */
const held = new Set<DatabaseSync>();

/** Takes the lock if it is free now. Throws when the file cannot be opened. */
export function tryLock(path: string, mode: LockMode): FileLock | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec(mode === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT count(*) FROM sqlite_master');
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  held.add(file);
  return {
    release() {
      if (held.delete(file)) file.close();
    },
  };
}

/** Waits for the lock; throws after `patience` milliseconds. */
export async function takeLock(path: string, mode: LockMode, patience: number): Promise<FileLock> {
  const deadline = Date.now() + patience;
  for (;;) {
    const lock = tryLock(path, mode);
    if (lock !== undefined) return lock;
    if (Date.now() > deadline)
      throw new Error(`another process has held ${path} for more than ${patience} ms`);
    await wait(50);
  }
}

/** Runs the work alone: no other process is inside `withLock` on the same file meanwhile. */
export async function withLock<T>(path: string, patience: number, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(path, 'exclusive', patience);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
