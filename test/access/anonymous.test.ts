import { describe, expect, it } from 'vitest';
import { withoutIdentity } from '../../src/access/anonymous.ts';

describe('what an examiner is shown', () => {
  const identity = ['430125000101', '王小雨'];

  it('holds neither ticket nor name, wherever they stand', () => {
    const work = {
      files: [{ path: '430125000101王小雨/index.html', bytes: 12 }],
      reason: { text: '“430125000101.zip”已打开', values: { count: 3 } },
    };
    const shown = withoutIdentity(work, identity);
    expect(JSON.stringify(shown)).not.toMatch(/430125000101|王小雨/);
    expect(shown.files[0]).toEqual({ path: '〔考生〕〔考生〕/index.html', bytes: 12 });
    expect(shown.reason.values.count).toBe(3);
  });

  it('keeps numbers that a short ticket happens to be', () => {
    expect(withoutIdentity('转化率 3.00%，共 300 件', ['300', '王'])).toBe('转化率 3.00%，共 300 件');
  });
});
