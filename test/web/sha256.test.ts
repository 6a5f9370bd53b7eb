import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/web/pages/hand-in/send/sha256.ts';

describe('the hash of a file in the browser', () => {
  const chunk = 2 ** 20;
  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, chunk - 1, chunk, chunk + 1, 3 * chunk + 7])(
    'is what node says of %i bytes',
    async (length) => {
      const bytes = randomBytes(length);
      let read = 0;
      const hash = await sha256(new Blob([bytes]), (some) => {
        read += some;
      });
      expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(read).toBe(length);
    },
  );
});
