import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './errors.ts';

/** Tells this process from an earlier one with the same id: in a container every service is process 1. */
const OURS = randomBytes(6).toString('hex');

/** Slow cables take long, and a process in another container cannot be seen; milliseconds. */
export const ABANDONED_AFTER = 60 * 60 * 1000;

const NAME = /^(\d+)-([0-9a-f]{12})-[0-9a-f-]{36}\.part$/;

/** A new name in the folder for a file that is still being written; it says whose it is. */
export function temporaryPath(folder: string): string {
  return join(folder, `${process.pid}-${OURS}-${randomUUID()}.part`);
}

/**
 * Removes what processes that are gone left half written: files of dead processes that nobody has touched for an hour.
 * Run it at start. Returns the names it removed; files that are not ours are left alone.
 */
export async function sweep(folder: string, now: number = Date.now()): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(folder)) {
    const [, pid, owner] = NAME.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid), owner)) continue;
    if (await removeOld(join(folder, name), now - ABANDONED_AFTER)) removed.push(name);
  }
  return removed;
}

async function removeOld(path: string, before: number): Promise<boolean> {
  try {
    if ((await stat(path)).mtimeMs > before) return false;
    await unlink(path);
    return true;
  } catch (error) {
    // Another process that starts at this moment was faster.
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function isRunning(pid: number, owner: string | undefined): boolean {
  if (pid === process.pid) return owner === OURS;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
