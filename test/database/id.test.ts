import { expect, it } from 'vitest';
import { newId } from '../../src/database/id.ts';

it('ids sort by the time they were made in, are unique, and fit a path and a job id', async () => {
  const first = newId('att');
  await new Promise((resolve) => setTimeout(resolve, 5));
  const later = Array.from({ length: 1000 }, () => newId('att'));
  expect(later.every((id) => id > first && /^att_[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(new Set(later).size).toBe(1000);
});
