import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock, tryLock, withLock } from '../../src/database/file-lock.ts';
import { startScript } from '../support/child.ts';
import { temporaryFolder } from '../support/folder.ts';

const module = new URL('../../src/database/file-lock.ts', import.meta.url).href;
const holder = (mode: string) => `
  import { takeLock } from ${JSON.stringify(module)};
  await takeLock(process.argv[1], '${mode}', 1000);
  console.log('true');
  setInterval(() => undefined, 1000);
`;

describe('a lock on a file', async () => {
  const folder = await temporaryFolder();

  it('is held by one alone or by many shared, within and between processes', () => {
    const path = join(folder, 'modes');
    const alone = tryLock(path, 'exclusive');
    expect(tryLock(path, 'shared')).toBeUndefined();
    expect(tryLock(path, 'exclusive')).toBeUndefined();
    alone?.release();
    alone?.release();
    const shared = [tryLock(path, 'shared'), tryLock(path, 'shared')];
    expect(tryLock(path, 'exclusive')).toBeUndefined();
    for (const lock of shared) lock?.release();
    const last = tryLock(path, 'exclusive');
    expect(last).toBeDefined();
    last?.release();
  });

  it.each(['shared', 'exclusive'])('is gone with the process that held it %s', async (mode) => {
    const path = join(folder, `killed ${mode}`);
    const child = startScript('--input-type=module', ['-e', holder(mode), path]);
    await child.say();
    expect(tryLock(path, 'exclusive')).toBeUndefined();
    await expect(takeLock(path, 'exclusive', 100)).rejects.toThrow(path);
    await child.kill();
    const lock = await takeLock(path, 'exclusive', 1000);
    lock.release();
  });

  it('lets work run one after the other, also after work that failed', async () => {
    const path = join(folder, 'work');
    const inside: number[] = [];
    let most = 0;
    const work = async (value: number) => {
      inside.push(value);
      most = Math.max(most, inside.length);
      await new Promise((resolve) => setImmediate(resolve));
      inside.pop();
      if (value === 1) throw new Error('failed');
    };
    const done = await Promise.allSettled(
      [0, 1, 2].map((value) => withLock(path, 10_000, () => work(value))),
    );
    expect(most).toBe(1);
    expect(done.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
