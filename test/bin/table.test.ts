import { describe, expect, it } from 'vitest';
import { shorten, table, widthOf } from '../../src/bin/table.ts';

describe('the width of a text in a terminal', () => {
  it.each([
    ['abc', 3],
    ['准考证号', 8],
    ['（3.40％）', 10],
    ['−1.5 × 2', 8],
    ['\u{20bb7}野家', 6],
    ['e\u0301', 1],
    ['\u200b', 0],
    ['', 0],
  ])('%j is %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});

describe('shortening', () => {
  it('leaves what fits and cuts what does not, never a wide character in half', () => {
    expect(shorten('网页标题', 8)).toBe('网页标题');
    expect(shorten('网页标题', 7)).toBe('网页标…');
    expect(shorten('网页标题', 6)).toBe('网页…');
    expect(widthOf(shorten('网页标题', 6))).toBeLessThanOrEqual(6);
  });
});

describe('a table', () => {
  it('lines up columns with Chinese in them, numbers to the right, short rows as they are', () => {
    const rows = [
      ['试题', '已定', '原因'],
      ['PAGE-1', '54.56', '标题\n不符'],
      ['AFT-1', '6'],
      ['', '', '再一行'],
    ];
    expect(table(rows, [1])).toBe(
      ['试题     已定  原因', 'PAGE-1  54.56  标题 不符', 'AFT-1       6', '               再一行'].join(
        '\n',
      ),
    );
  });

  it('of nothing is nothing', () => {
    expect(table([])).toBe('');
  });
});
