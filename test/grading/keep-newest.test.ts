import { expect, it } from 'vitest';
import { keepNewest } from '../../src/grading/keep-newest.ts';

it('loads once for callers at the same time and later, and forgets the oldest', async () => {
  const loads: string[] = [];
  const kept = keepNewest<string>(2);
  const get = (key: string) =>
    kept(key, async () => {
      loads.push(key);
      return key;
    });
  await Promise.all([get('a'), get('a')]);
  await get('b');
  await get('a');
  expect(loads).toEqual(['a', 'b']);
  await get('c');
  await get('a');
  expect(loads).toEqual(['a', 'b', 'c', 'a']);
});

it('forgets a failure, so that the next caller tries again', async () => {
  const kept = keepNewest<number>(2);
  await expect(kept('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await expect(kept('a', () => Promise.resolve(1))).resolves.toBe(1);
});
