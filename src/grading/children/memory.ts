import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Resident bytes of a process, native memory included, as the kernel counts them.
 * @returns null when the process is gone
 */
export async function residentBytes(pid: number): Promise<number | null> {
  const kilobytes = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  return kilobytes === null ? null : kilobytes * 1024;
}

/** proc_pid_status(5): `VmRSS: 1234 kB`; a process that is ending has no such line. */
async function fromProc(pid: number): Promise<number | null> {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

/** ps(1) of POSIX systems tells kilobytes, and ends with 1 when there is no such process. */
async function fromPs(pid: number): Promise<number | null> {
  try {
    return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout);
  } catch (error) {
    if ((error as { code?: unknown }).code === 1) return null;
    throw error;
  }
}
