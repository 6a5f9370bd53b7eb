import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock, withLock } from '../../database/file-lock.ts';

export interface Workplace {
  /** Folder for the temporary files of this worker's children. */
  readonly folder: string;
  /** Removes the folder and what is left in it. */
  leave(): Promise<void>;
}

const lockName = /^(worker-[0-9a-f-]{36})\.lock$/;

/** Clearing away is a matter of milliseconds; this only ends what hangs. */
const gatePatienceMs = 60_000;

/**
 * Takes a folder of its own below `root` for temporary files, and clears away those of workers that are gone. Each
 * worker holds a lock beside its folder, which the system lets go of when the worker dies, in a container of its own
 * too; process ids would tell nothing there.
 */
export async function takeWorkplace(root: string): Promise<Workplace> {
  await mkdir(root, { recursive: true });
  const name = `worker-${randomUUID()}`;
  const folder = join(root, name);
  const lockFile = join(root, `${name}.lock`);
  const lock = await withLock(join(root, 'gate'), gatePatienceMs, async () => {
    await clearAbandoned(root);
    return tryLock(lockFile, 'exclusive');
  });
  if (!lock) throw new Error(`the new lock ${lockFile} is held by somebody else`);
  await mkdir(folder);
  return {
    folder,
    async leave() {
      await rm(folder, { recursive: true, force: true });
      await rm(lockFile, { force: true });
      lock.release();
    },
  };
}

async function clearAbandoned(root: string): Promise<void> {
  for (const file of await readdir(root)) {
    const [, name] = lockName.exec(file) ?? [];
    const lock = name === undefined ? undefined : tryLock(join(root, file), 'exclusive');
    if (name === undefined || lock === undefined) continue;
    await rm(join(root, name), { recursive: true, force: true });
    await rm(join(root, file), { force: true });
    lock.release();
  }
}
