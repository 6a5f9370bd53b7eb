import { describe, expect, it } from 'vitest';
import { DirectorySync } from '../../src/storage/directory-sync.ts';

/** An fsync that ends when told to. */
function controlled() {
  const begun: { folder: string; end: (error?: Error) => void }[] = [];
  const fsync = (folder: string) =>
    new Promise<void>((resolve, reject) => {
      begun.push({ folder, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { begun, fsync };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('DirectorySync', () => {
  it('serves everybody who waits for the same folder with one fsync that begins after they came', async () => {
    const { begun, fsync } = controlled();
    const folders = new DirectorySync('/store', fsync);
    const done: string[] = [];
    const first = folders.settle('/store').then(() => done.push('first'));
    const late = ['a', 'b', 'c'].map((name) => folders.settle('/store').then(() => done.push(name)));
    await turn();
    expect(begun).toHaveLength(1);
    begun[0]?.end();
    await turn();
    expect(done).toEqual(['first']);
    expect(begun).toHaveLength(2);
    begun[1]?.end();
    await Promise.all([first, ...late]);
    expect(done).toEqual(['first', 'a', 'b', 'c']);
    await turn();
    expect(begun).toHaveLength(2);
  });

  it('tells those a failed fsync was for, and serves the next ones', async () => {
    const { begun, fsync } = controlled();
    const folders = new DirectorySync('/store', fsync);
    const first = folders.settle('/store');
    const second = folders.settle('/store');
    begun[0]?.end(new Error('disk'));
    await expect(first).rejects.toThrow('disk');
    begun[1]?.end();
    await second;
    const third = folders.settle('/store');
    begun[2]?.end();
    await third;
  });

  it('makes the names of the folders above durable once, and again after a failure', async () => {
    const seen: string[] = [];
    let broken = true;
    const folders = new DirectorySync('/store', async (folder) => {
      seen.push(folder);
      if (broken && folder === '/store') throw new Error('disk');
    });
    await expect(folders.settle('/store/ab/cd')).rejects.toThrow('disk');
    broken = false;
    seen.length = 0;
    await folders.settle('/store/ab/cd');
    expect(seen.toSorted()).toEqual(['/store', '/store/ab', '/store/ab/cd']);
    seen.length = 0;
    await folders.settle('/store/ab/cd');
    await folders.settle('/store/ab/ef');
    expect(seen).toEqual(['/store/ab/cd', '/store/ab/ef', '/store/ab']);
  });
});
