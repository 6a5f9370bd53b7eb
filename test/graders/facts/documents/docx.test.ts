import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeDocx } from '../../../../samples/make/docx-writer.ts';
import { makeZip } from '../../../../samples/make/zip-writer.ts';
import { read } from './read.ts';

const factOf = async (...blocks: Parameters<typeof makeDocx>[0]) =>
  (await read('运营分析.docx', makeDocx(blocks))).document.fact;

describe('a Word document', () => {
  it('gives its text in reading order: paragraphs, tables, line breaks, insertions', async () => {
    const { kind, text } = await factOf(
      { paragraph: '第一段\n第二行' },
      {
        table: [
          ['来源', 'PV'],
          ['自然搜索', '7920'],
        ],
      },
      { paragraph: '后来补写的', inserted: true },
    );
    expect(kind).toBe('docx');
    expect(text.plain).toBe('第一段\n第二行\n来源\tPV\n自然搜索\t7920\n后来补写的');
  });

  it('E2: reads a text box once although Word writes it twice, and headers, notes and formulas', async () => {
    const { text } = await factOf(
      { header: '湘茗茶业' },
      { textBox: ['跳失率：44.00%', '访问深度：3.00'] },
      { footnote: '数据来自店铺后台' },
      { formula: { before: '成交转化率=', over: '186', under: '6200', after: '=3.00%' } },
    );
    expect(text.plain.match(/44\.00%/g)).toHaveLength(1);
    expect(text.plain).toContain('访问深度：3.00');
    expect(text.plain).toContain('湘茗茶业');
    expect(text.plain).toContain('数据来自店铺后台');
    expect(text.plain).toContain('成交转化率=186÷6200=3.00%');
  });

  it('E2: comments are no answers', async () => {
    const { text } = await factOf({ paragraph: '正文' }, { comment: '客单价：192元' });
    expect(text.plain).toBe('正文');
  });

  it('E4: deleted, hidden and white text is quoted, not counted', async () => {
    const { text, hidden, deleted } = await factOf(
      { paragraph: '看得见' },
      { deleted: '客单价：999元' },
      { hidden: '隐藏的关键词' },
      { white: '白色的关键词' },
    );
    expect(text.plain).toBe('看得见');
    expect(text.generous).toBe(3);
    expect(hidden).toEqual(['隐藏的关键词', '白色的关键词']);
    expect(deleted).toEqual(['客单价：999元']);
  });

  it('white text on a painted background is there to be read', async () => {
    const { text, hidden, tables } = await factOf(
      { white: '蓝底白字', shading: '1F4E79' },
      {
        table: [
          ['指标', '结果'],
          ['跳失率', '44.00%'],
        ],
        shadedHead: true,
      },
    );
    expect(text.plain).toContain('蓝底白字');
    expect(tables[0]?.rows[0]).toEqual(['指标', '结果']);
    expect(hidden).toEqual([]);
  });

  it('E3: lists embedded pictures with their hash', async () => {
    const picture = Buffer.from('89504e470d0a1a0a00', 'hex');
    const { images } = await factOf({ paragraph: '截图' }, { picture, name: 'chat.png' });
    const sha256 = createHash('sha256').update(picture).digest('hex');
    expect(images).toEqual([{ name: 'media/chat.png', bytes: 9, sha256 }]);
  });

  it('merged cells stand once, with their reach', async () => {
    const { document } = await read(
      'a.docx',
      makeDocx([
        {
          table: [
            ['直通车', '点击率', '3.40%'],
            ['', 'ROI', '3.00'],
          ],
          merges: [{ row: 0, column: 0, rows: 2 }],
        },
      ]),
    );
    const [grid] = document.blocks;
    expect(grid?.kind === 'grid' && grid.rows[0]?.[0]).toMatchObject({ text: '直通车', rows: 2, columns: 1 });
    expect(grid?.kind === 'grid' && grid.rows[1]?.[0]).toMatchObject({
      text: 'ROI',
      column: 1,
      where: '表 1 第 2 行第 2 列',
    });
  });

  it('an embedded workbook or old formula is told: what it holds was not read', async () => {
    const { problems } = await read(
      'a.docx',
      makeDocx([{ paragraph: '见表' }, { embedded: 'Excel.Sheet.12' }]),
    );
    expect(problems.map(({ code }) => code)).toEqual(['unsupported-object']);
  });

  it('D8: an empty document opens and holds nothing', async () => {
    const { text, images } = await factOf();
    expect(text).toMatchObject({ plain: '', strict: 0, word: 0, generous: 0 });
    expect(images).toEqual([]);
  });
});

describe('the sections of a document', () => {
  it('follow heading styles; automatic numbers are not text (E16)', async () => {
    const { sections } = await factOf(
      { heading: '流量分析', level: 1, numbered: true },
      { paragraph: '甲乙' },
      { heading: '引流方法', level: 2 },
      { paragraph: '丙' },
      { heading: '转化分析', level: 1 },
      { paragraph: '丁' },
    );
    expect(sections.map(({ heading, level, text }) => [heading, level, text])).toEqual([
      ['流量分析', 1, '甲乙\n引流方法\n丙'],
      ['引流方法', 2, '丙'],
      ['转化分析', 1, '丁'],
    ]);
    expect(sections[0]?.counts).toEqual({ strict: 7, word: 7, generous: 7 });
  });

  it('without styles, short bold and numbered lines are headings; answers and sentences are not', async () => {
    const { sections } = await factOf(
      { paragraph: '一、推广工具' },
      { paragraph: '1. PV合计：18600' },
      { paragraph: '（二）分析' },
      { paragraph: '一、这是一个完整的句子，不是标题。' },
      { paragraph: '客单价分析', bold: true },
      { paragraph: '客单价：192.00元', bold: true },
    );
    expect(sections.map(({ heading }) => heading)).toEqual(['一、推广工具', '（二）分析', '客单价分析']);
  });
});

describe('word counts (2.6)', () => {
  it('count 汉字, words as Word does, and everything', async () => {
    const { text } = await factOf({ paragraph: '转化率 3.00%，提升 CTR。' });
    expect(text).toMatchObject({ strict: 5, word: 9, generous: 15 });
  });

  it('a text box only counts generously, as Word leaves it out', async () => {
    const { text } = await factOf({ paragraph: '正文' }, { textBox: ['框内'] });
    expect(text).toMatchObject({ strict: 2, word: 2, generous: 4 });
  });
});

describe('a Word document that cannot be read', () => {
  const codes = async (bytes: Uint8Array, path = 'a.docx') =>
    (await read(path, bytes)).problems.map(({ code }) => code);

  it('E14: a locked one is an OLE container', async () => {
    const head = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const bytes = Buffer.concat([head, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await codes(bytes)).toEqual(['encrypted-document']);
  });

  it('E14: .doc, .wps and .pdf are for a human', async () => {
    const head = Buffer.from('d0cf11e0a1b11ae1', 'hex');
    const old = Buffer.concat([head, Buffer.alloc(600), Buffer.from('WordDocument', 'utf16le')]);
    expect(await codes(old, '答案.doc')).toEqual(['unsupported-document']);
    expect(await codes(old, '答案.wps')).toEqual(['unsupported-document']);
    expect(await codes(old, '其实是doc.docx')).toEqual(['unsupported-document']);
    expect(await codes(Buffer.from('%PDF-1.7\n'), '答案.pdf')).toEqual(['unsupported-document']);
  });

  it('one cut off in the middle is truncated, never missing', async () => {
    const whole = makeDocx([{ paragraph: '客单价：192元' }]);
    expect(await codes(whole.subarray(0, whole.length - 200))).toContain('truncated-document');
  });

  it('a small file that unpacks to gigabytes, or nests without end, is not parsed', async () => {
    const bomb = (body: string) => makeZip([{ name: 'word/document.xml', data: body }]);
    expect(await codes(bomb(' '.repeat(60_000_000)))).toEqual(['bomb-document']);
    expect(await codes(bomb('<w:p>'.repeat(500_000)))).toEqual(['bomb-document']);
    expect(await codes(bomb('<w:p/>'.repeat(900_000)))).toEqual(['bomb-document']);
  });
});
