import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A temporary folder for this test file, removed when its tests are done. Call it in a `beforeAll` or at the top. */
export async function temporaryFolder(base: string = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(base, 'kaoping-file-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
