import { readFile } from 'node:fs/promises';

/** The kernel counts resident memory in pages. */
const pageBytes = 4096;

/**
 * Resident bytes of a process, native memory included, as the kernel counts them.
 * @returns null where the system does not tell (no /proc) or the process is gone
 */
export async function residentBytes(pid: number): Promise<number | null> {
  try {
    const [, resident] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
    return Number(resident) * pageBytes;
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'ENOENT' ||
      (error as NodeJS.ErrnoException).code === 'ESRCH'
    )
      return null;
    throw error;
  }
}
