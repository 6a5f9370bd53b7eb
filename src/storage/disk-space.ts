import { statfs } from 'node:fs/promises';

/** Bytes that may still be written to the file system of the path by a user who is not root. Throws if it is gone. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
