import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../graders/slots/name.ts';

/** So long that looking at it once is nothing, and looking at each part from each place never ends. */
const long = 1_000_000;

describe('a hostile name costs no more than its length', () => {
  it.each([
    ['blanks', ' '],
    ['dots', '.'],
    ['underscores', '_'],
    ['marks of a copy', '副本'],
  ])('%s without end', (_what, piece) => {
    const path = `logo${piece.repeat(long / piece.length)}x.jpg`;
    expect(nameOf(path)).toMatchObject({ file: path, extension: 'jpg' });
  });

  it('blanks and dots at its end are not part of it, as in Windows', () => {
    expect(nameOf(`images/logo.jpg${' .'.repeat(long)}`)).toMatchObject({
      folder: 'images',
      file: 'logo.jpg',
    });
  });
});

describe('the name below the marks of a copy', () => {
  it.each([
    ['售前客服 - 副本 (2)', '售前客服'],
    ['售前客服  -  副本', '售前客服'],
    ['logo__copy', 'logo'],
    ['复件 banner', 'banner'],
    ['banner   (1)', 'banner'],
  ])('%s', (stem, plain) => {
    expect(nameOf(`${stem}.jpg`).uncopied).toContain(plain);
  });
});
