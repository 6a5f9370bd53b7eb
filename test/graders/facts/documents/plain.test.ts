import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../../samples/make/gbk.ts';
import { answers, bound, read } from './read.ts';

describe('text files', () => {
  it('E15: GBK and UTF-16 are decoded', async () => {
    const text = '一、流量分析\r\nPV合计：18600\r\n跳失率：44.00%\r\n';
    const expected = ['PV合计 → 18600', '跳失率 → 11/25'];
    expect(bound(await answers('答案.txt', text))).toEqual(expected);
    expect(bound(await answers('答案.txt', encodeGbk(text)))).toEqual(expected);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    expect(bound(await answers('答案.txt', utf16))).toEqual(expected);
  });

  it('says in which line an answer stands, and under which heading', async () => {
    const [, answer] = await answers('答案.txt', '一、流量分析\n\nPV合计：18600\nUV合计：6200\n');
    expect(answer).toMatchObject({ where: '第 4 行', heading: '一、流量分析' });
  });
});

describe('a table in a text file', () => {
  it('is read with quoted fields and any delimiter', async () => {
    const rows = ['指标,结果', '客单价,"1,192.00"', '"跳失率\n（保留两位）",44.00%'];
    expect(bound(await answers('a.csv', rows.join('\n')))).toEqual([
      '客单价 → 1192',
      '跳失率\n（保留两位） → 11/25',
    ]);
    expect(bound(await answers('a.csv', '跳失率\t44.00%\r\n'))).toEqual(['跳失率 → 11/25']);
  });

  it('an unclosed quote ends with the file', async () => {
    const { document } = await read('a.csv', '甲,"乙\n丙');
    expect(document.fact.tables[0]?.rows.flat().join('')).toContain('丙');
  });
});

describe('an answer sheet in JSON', () => {
  it('keeps numbers as written and nests by heading', async () => {
    const sheet = '{"流量": {"跳失率": "44.00%", "客单价": 192.00, "直通车": "CPC"}}';
    const found = await answers('answers.json', sheet);
    expect(bound(found)).toEqual(['跳失率 → 11/25', '客单价 → 192', '直通车 → “CPC”']);
    expect(found[1]).toMatchObject({ text: '192.00', decimals: 2, heading: '流量', where: '流量 › 客单价' });
  });

  it('reads a list of labels and answers', async () => {
    const sheet = [
      { label: 'PV合计', answer: 18600 },
      { 题目: '跳失率', 答案: '3300÷7500=44.00%' },
    ];
    expect(bound(await answers('a.json', JSON.stringify(sheet)))).toEqual([
      'PV合计 → 18600',
      '跳失率 → 11/25',
    ]);
  });

  it('what is no JSON is a problem, not an exception', async () => {
    const { problems } = await read('a.json', '{"跳失率": 44');
    expect(problems.map(({ code }) => code)).toEqual(['truncated-document']);
  });
});
