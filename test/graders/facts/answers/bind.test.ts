import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DocxBlock, makeDocx } from '../../../../samples/make/docx-writer.ts';
import { makeXlsx, type SheetCell } from '../../../../samples/make/xlsx-writer.ts';
import { answers, bound } from '../documents/read.ts';

const ofDocx = (blocks: readonly DocxBlock[], task = '') => answers('答案.docx', makeDocx(blocks), task);
const ofLines = (lines: readonly string[], task = '') =>
  ofDocx(
    lines.map((paragraph) => ({ paragraph })),
    task,
  );
const ofTable = (table: string[][], task = '') => ofDocx([{ table }], task);
const ofSheet = (rows: SheetCell[][]) => answers('a.xlsx', makeXlsx([{ name: 'Sheet1', rows }]));
const numbers = (found: Awaited<ReturnType<typeof ofDocx>>) =>
  bound(found.filter(({ value }) => value !== null));
const words = (found: Awaited<ReturnType<typeof ofDocx>>) =>
  bound(found.filter(({ value }) => value === null));

describe('numbers in prose', () => {
  it('A8: a chain is one answer, named by what stands before it, with its working', async () => {
    const [answer, ...more] = await ofLines(['（1）成交转化率=186÷6200×100%=3.00%']);
    expect(more).toEqual([]);
    expect(answer).toMatchObject({
      label: '成交转化率',
      value: '3/100',
      text: '186÷6200×100%=3.00%',
      decimals: 2,
      final: true,
      process: { text: '186÷6200×100%', value: '0.03' },
      where: '段落 1',
    });
  });

  it('A8: also over lines, and with the formula in words before it', async () => {
    expect(bound(await ofLines(['跳失率=3300÷7500×100%', '=44.00%']))).toEqual(['跳失率 → 11/25']);
    expect(bound(await ofLines(['客单价=成交金额÷成交客户数=35712÷186=192元']))).toEqual(['客单价 → 192']);
  });

  it('several pairs in one sentence each bind to their own words', async () => {
    const line = '经计算，PV合计18600，UV合计6200，平均访问深度为3.00。';
    expect(bound(await ofLines([line]))).toEqual(['PV合计 → 18600', 'UV合计 → 6200', '平均访问深度 → 3']);
  });

  it('分别 hands out the answers in order', async () => {
    expect(numbers(await ofLines(['客单价和笔单价分别为192元、170.06元']))).toEqual([
      '客单价 → 192',
      '笔单价 → 170.06',
    ]);
    expect(numbers(await ofLines(['客服A、B的客单价分别为100元和120元']))).toEqual([
      '客服A的客单价 → 100',
      '客服B的客单价 → 120',
    ]);
  });

  it('what a line is about joins its labels', async () => {
    const [share] = await ofLines(['各来源占比：自然搜索41.29%，直通车28.23%']);
    expect(share?.also).toContain('自然搜索各来源占比');
    const [, value] = await ofLines(['K01：平均每次消费额120元，年客户价值1440元']);
    expect(value?.also).toContain('K01年客户价值');
    const found = await ofDocx([{ heading: '客服A', level: 2 }, { paragraph: '客单价：100元' }]);
    expect(found[0]?.also).toContain('客服A客单价');
  });

  it('A18: a label may stand above its answer', async () => {
    expect(numbers(await ofLines(['跳失率', '44.00%']))).toEqual(['跳失率 → 11/25']);
    expect(numbers(await ofLines(['跳失率：', '44.00%']))).toEqual(['跳失率 → 11/25']);
    expect(numbers(await ofLines(['3.00%为成交转化率']))).toEqual(['成交转化率 → 3/100']);
  });

  it('A9: a second notation and a remark belong to the same answer', async () => {
    expect(bound(await ofLines(['成交转化率：3.00%（即0.03）'])).slice(0, 2)).toEqual([
      '成交转化率 → 3/100',
      '成交转化率 → 0.03',
    ]);
    expect(numbers(await ofLines(['跳失率（保留两位小数）：44.00%']))).toEqual(['跳失率 → 11/25']);
  });

  it('a factor of a formula in words is no answer', async () => {
    expect(numbers(await ofLines(['转化率=成交客户数÷访客数×100%']))).toEqual([]);
  });
});

describe('answers in words', () => {
  it.each([
    ['直通车：CPC 按点击付费；钻石展位：CPM', ['直通车 → “CPC 按点击付费”', '钻石展位 → “CPM”']],
    ['直通车（CPC）', ['直通车 → “CPC”']],
    ['直通车 CPC', ['直通车 → “CPC”']],
    ['最大流量来源是自然搜索。', ['最大流量来源 → “自然搜索”']],
    ['直通车不是CPM，而是CPC', ['直通车 → “不是CPM，而是CPC”']],
    ['第1句：价格异议；第2句：产品异议', ['第1句 → “价格异议”', '第2句 → “产品异议”']],
    ['客服排名：A>C>B', ['客服排名 → “A>C>B”']],
  ])('%s', async (line, expected) => {
    expect(words(await ofLines([line]))).toEqual(expected);
  });

  it('follow a label that stands alone', async () => {
    expect(words(await ofLines(['投诉类型：', '商品描述不符']))).toEqual(['投诉类型 → “商品描述不符”']);
  });
});

describe('tables', () => {
  it('A18: label left, label above, several pairs in a row', async () => {
    expect(numbers(await ofTable([['PV合计', '18600', 'UV合计', '6200']]))).toEqual([
      'PV合计 → 18600',
      'UV合计 → 6200',
    ]);
    expect(
      numbers(
        await ofTable([
          ['客单价', '笔单价'],
          ['192.00', '170.06'],
        ]),
      ),
    ).toEqual(['客单价 → 192', '笔单价 → 170.06']);
  });

  it('a row and a column name an answer together', async () => {
    const [first] = await ofTable([
      ['来源', '占比'],
      ['自然搜索', '41.29%'],
    ]);
    expect(first).toMatchObject({ label: '自然搜索', also: ['占比', '自然搜索占比', '占比自然搜索'] });
    const found = await ofTable([
      ['来源', 'PV', 'UV', '占比'],
      ['合计', '18600', '6200', ''],
    ]);
    expect(found.map(({ also }) => also.at(-1))).toEqual(['PV合计', 'UV合计']);
  });

  it('formulas, units and running numbers name nothing', async () => {
    const table = [
      ['序号', '指标', '公式', '结果', '单位'],
      ['1', '客单价', '成交金额÷成交客户数', '192.00', '元'],
    ];
    const found = await ofTable(table);
    expect(found.filter(({ text }) => text === '192.00')).toMatchObject([
      { label: '客单价', also: [], final: true },
    ]);
  });

  it('merged heads group rows and columns', async () => {
    const rows = [
      ['工具', '指标', '结果'],
      ['直通车', '点击率', '3.40%'],
      ['', '点击转化率', '2.40%'],
    ];
    const found = await ofDocx([{ table: rows, merges: [{ row: 1, column: 0, rows: 2 }] }]);
    const [rate, conversion] = found.filter(({ value }) => value !== null);
    expect(rate).toMatchObject({ label: '点击率', where: '表 1 第 2 行第 3 列' });
    expect(rate?.also).toContain('直通车点击率');
    expect(conversion?.also).toContain('直通车点击转化率');
  });

  it('words in a table answer to the head of their row', async () => {
    const table = [
      ['推广工具', '计费方式'],
      ['直通车', 'CPC'],
      ['钻石展位', 'CPM'],
    ];
    const [, first] = await ofTable(table);
    expect(first).toMatchObject({ label: '直通车', text: 'CPC', value: null });
    expect(first?.also).toContain('直通车计费方式');
    expect(words(await ofTable(table.slice(1)))).toEqual(['直通车 → “CPC”', '钻石展位 → “CPM”']);
  });

  it('a first row of labels and answers is no row of heads', async () => {
    const table = [
      ['账号类型', '订阅号'],
      ['账号名称', '湘味腊肉'],
    ];
    expect(words(await ofTable(table))).toEqual(['账号类型 → “订阅号”', '账号名称 → “湘味腊肉”']);
  });

  it('a cell of prose is read like a paragraph', async () => {
    const found = await ofTable([['计算过程', 'PV合计=7920+4650=12570\n跳失率：44.00%']]);
    expect(numbers(found)).toEqual(['PV合计 → 12570', '跳失率 → 11/25']);
  });

  it('blank rows of a sheet part its tables', async () => {
    const found = await ofSheet([['来源', 'PV'], ['直通车', 4650], [], ['客单价', 192]]);
    expect(found.map(({ label, also }) => [label, also.includes('PV')])).toEqual([
      ['直通车', true],
      ['客单价', false],
    ]);
  });
});

describe('A17: the task is no answer', () => {
  const folder = join(import.meta.dirname, '../../../../rubrics/papers/OPS-1');
  const taskOf = () => readFile(join(folder, 'task.md'), 'utf8');

  it('a copy of the whole task gives nothing', async () => {
    const task = await taskOf();
    const lines = task.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('|'));
    const cells = task.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
    const blocks: DocxBlock[] = [
      ...lines.map((line) => ({ paragraph: line.replace(/^#+ |[*`]/g, '') })),
      {
        table: cells.slice(0, 6).map((line) =>
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
      },
    ];
    expect(bound(await ofDocx(blocks, task))).toEqual([]);
  });

  it('neither does the data workbook handed back', async () => {
    const data = await readFile(join(folder, 'materials/店铺数据.xlsx'));
    expect(bound(await answers('店铺数据.xlsx', data, await taskOf()))).toEqual([]);
  });

  it('of the task’s table only the added cells count', async () => {
    const table = [
      ['来源', 'PV', 'UV(已去重)', '占比'],
      ['自然搜索', '7920', '2560', '41.29%'],
      ['合计', '18600', '6200', '100%'],
    ];
    expect(numbers(await ofTable(table, await taskOf()))).toEqual([
      '自然搜索 → 4129/10000',
      '合计 → 18600',
      '合计 → 6200',
      '合计 → 1',
    ]);
  });

  it('words that repeat for ever before a number come to an end', async () => {
    const found = await ofLines([`客单价${'约等于'.repeat(50)}元角：192`], '');
    expect(numbers(found)).toHaveLength(1);
  });

  it('a blank that was filled in is an answer', async () => {
    const task =
      '订阅号每天可群发（  ）次消息给全部粉丝，服务号每月可群发（  ）次消息给全部粉丝。\n直通车的计费方式是______，由系统按规则扣费';
    const filled = [
      '订阅号每天可群发（1）次消息给全部粉丝，服务号每月可群发（4）次消息给全部粉丝。',
      '直通车的计费方式是__CPC__，由系统按规则扣费',
    ];
    const found = await ofLines(filled, task);
    expect(numbers(found).map((each) => each.replace(/.*(?=订阅号|服务号)/, ''))).toEqual([
      '订阅号每天可群发 → 1',
      '服务号每月可群发 → 4',
    ]);
    expect(words(found)).toContain('直通车的计费方式 → “CPC”');
  });
});
