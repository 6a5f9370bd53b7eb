import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freeBytes } from '../../src/storage/disk-space.ts';

it('knows the free bytes of a folder, and throws for one that is gone', async () => {
  expect(await freeBytes(tmpdir())).toBeGreaterThan(0);
  await expect(freeBytes(join(tmpdir(), 'gone', 'for', 'ever'))).rejects.toThrow('ENOENT');
});
