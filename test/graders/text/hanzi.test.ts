import { describe, expect, it } from 'vitest';
import { plausibility } from '../../../graders/text/hanzi.ts';

describe('plausibility', () => {
  it('is 1 for everyday Hanzi, low for the same bytes read wrongly, 0 for ASCII', () => {
    expect(plausibility('图片')).toBe(1);
    expect(plausibility('ͼƬ')).toBeLessThan(0.2);
    expect(plausibility('鍥剧墖')).toBeLessThan(0.7);
    expect(plausibility('index.html')).toBe(0);
    expect(plausibility('\uE000\uFFFD')).toBe(-1);
  });
});
