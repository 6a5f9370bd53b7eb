import { residentBytes } from '../src/grading/children/memory.ts';

const lookMs = 20;
const megabyte = 2 ** 20;

/** Resident memory of a process in MB. @throws Error where the system does not tell, or the process is gone */
export async function residentMB(pid: number): Promise<number> {
  const bytes = await residentBytes(pid);
  if (bytes === null) throw new Error(`the system does not tell the memory of process ${pid} (no /proc?)`);
  return bytes / megabyte;
}

/** The most a process held while `work` ran, in MB. */
export async function peakDuring(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = await residentMB(pid);
  let failure: unknown;
  const look = setInterval(() => {
    residentMB(pid).then(
      (now) => {
        peak = Math.max(peak, now);
      },
      (error: unknown) => {
        failure ??= error;
      },
    );
  }, lookMs);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  if (failure) throw failure;
  return Math.max(peak, await residentMB(pid));
}
