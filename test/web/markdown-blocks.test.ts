import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/web/shared/markdown-blocks.ts';

describe('the tables of a task text', () => {
  it('are cut out, with everything between them in order', () => {
    const text = '# 题\n\n| 文件 | 说明 |\n|---|:-:|\n| `a.jpg` | 图 |\n| b\\|c | |\n\n完';
    expect(blocksOf(text)).toEqual([
      { kind: 'text', text: '# 题\n' },
      {
        kind: 'table',
        head: ['文件', '说明'],
        rows: [
          ['`a.jpg`', '图'],
          ['b|c', ''],
        ],
      },
      { kind: 'text', text: '\n完' },
    ]);
  });

  it('leave a bar in a sentence alone', () => {
    expect(blocksOf('甲 | 乙\n丙')).toEqual([{ kind: 'text', text: '甲 | 乙\n丙' }]);
  });
});
