import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Rounds {
  running: Promise<void>;
  next: Promise<void> | undefined;
}

/**
 * Makes names durable. A file that was fsynced may still vanish in a power cut until the folder that names it is
 * fsynced too. Hundreds of hand-ins end in the same moment, and one fsync of a folder serves every name that was in it
 * when the fsync began: whoever comes while one runs waits for the next, together with all others who came meanwhile.
 */
export class DirectorySync {
  readonly #root: string;
  readonly #fsync: (folder: string) => Promise<void>;
  readonly #rounds = new Map<string, Rounds>();
  /** By folder: that its own name is durable, and those of the folders above it. */
  readonly #named = new Map<string, Promise<unknown>>();

  /** Works in the root, which must be durable itself, and below. The fsync may be handed in by tests. */
  constructor(root: string, fsync: (folder: string) => Promise<void> = fsyncFolder) {
    this.#root = root;
    this.#fsync = fsync;
  }

  /**
   * Resolves when every name that is in the folder now is on disk, and the names of the folder and of those above it.
   * An existing folder's name is not taken for durable: who made it may have been killed before its fsync.
   */
  async settle(folder: string): Promise<void> {
    await Promise.all([this.#sync(folder), this.#settleName(folder)]);
  }

  #settleName(folder: string): Promise<unknown> {
    const known = this.#named.get(folder);
    if (known !== undefined || folder === this.#root) return known ?? Promise.resolve();
    const parent = dirname(folder);
    const settled = Promise.all([this.#sync(parent), this.#settleName(parent)]);
    this.#named.set(folder, settled);
    settled.catch(() => this.#named.delete(folder));
    return settled;
  }

  #sync(folder: string): Promise<void> {
    const rounds = this.#rounds.get(folder);
    if (rounds === undefined) return this.#begin(folder);
    const begin = () => this.#begin(folder);
    rounds.next ??= rounds.running.then(begin, begin);
    return rounds.next;
  }

  #begin(folder: string): Promise<void> {
    const rounds: Rounds = { running: this.#fsync(folder), next: undefined };
    this.#rounds.set(folder, rounds);
    const end = () => {
      if (rounds.next === undefined) this.#rounds.delete(folder);
    };
    rounds.running.then(end, end);
    return rounds.running;
  }
}

/** Makes a folder whose name, and the names of those made above it, are on disk. */
export async function makeDurableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  const top = dirname(first ?? folder);
  for (let at = dirname(folder); ; at = dirname(at)) {
    await fsyncFolder(at);
    if (at === top) return;
  }
}

async function fsyncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
