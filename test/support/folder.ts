import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/** A new folder that the end of the run removes, with everything in it. Other users can reach it. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(inject('services').folder, 'folder-'));
}
