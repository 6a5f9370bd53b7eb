import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ABANDONED_AFTER, sweep, temporaryPath } from '../../src/storage/sweep.ts';
import { temporaryFolder } from '../support/folder.ts';

const longAgo = new Date(Date.now() - 2 * ABANDONED_AFTER);

it('removes old files of dead processes only, also of one that had our process id', async () => {
  const folder = await temporaryFolder();
  const uuid = '00000000-0000-4000-8000-000000000000.part';
  const ours = temporaryPath(folder);
  const earlier = join(folder, `${process.pid}-000000000000-${uuid}`);
  const living = join(folder, `${process.ppid}-000000000000-${uuid}`);
  const dead = join(folder, `2147483646-000000000000-${uuid}`);
  const fresh = join(folder, `2147483645-000000000000-${uuid}`);
  const foreign = join(folder, 'note.txt');
  for (const path of [ours, earlier, living, dead, fresh, foreign]) {
    await writeFile(path, '');
    if (path !== fresh) await utimes(path, longAgo, longAgo);
  }
  const removed = await sweep(folder);
  expect(removed.map((name) => join(folder, name)).toSorted()).toEqual([earlier, dead].toSorted());
  expect(await readdir(folder)).toHaveLength(4);
});
