import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process that this user sees. */
function running(): Running[] {
  const table = execFileSync('ps', ['-axo', 'pid=,ppid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    // A zombie runs nothing any more; it waits for its parent to ask.
    return pid && command && !state?.startsWith('Z')
      ? [{ pid: Number(pid), parent: Number(parent), command }]
      : [];
  });
}

export const childrenOf = (pid: number): Running[] => running().filter(({ parent }) => parent === pid);

/** Processes whose command or environment names this folder: whoever works in it. */
export function workersIn(folder: string): Running[] {
  const named = (pid: number): boolean => {
    if (process.platform !== 'linux') return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
    } catch {
      // Gone meanwhile, or somebody else's.
      return false;
    }
  };
  return running().filter(
    ({ pid, command }) => pid !== process.pid && (command.includes(folder) || named(pid)),
  );
}

/** Names in a folder; none when it is not there. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
