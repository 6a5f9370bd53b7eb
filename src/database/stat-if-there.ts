import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';

/** What is at the path; nothing when there is nothing. Every other failure (no right to look, a broken disk) is thrown. */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
