import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDurableFolder } from './directory-sync.ts';
import { sweep } from './sweep.ts';

/**
 * Makes a store's folder and, on the same file system, the one in which files are half-written until a rename or a
 * link brings them in whole. Leftovers of killed processes are swept away.
 * @returns the path of the folder for half-written files
 */
export async function prepareStore(folder: string, incoming: string): Promise<string> {
  const path = join(folder, incoming);
  await makeDurableFolder(folder);
  await mkdir(path, { recursive: true });
  await sweep(path);
  return path;
}
