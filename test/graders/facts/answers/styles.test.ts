import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checks } from '../../../../graders/checks/registry.ts';
import { answersFrom } from '../../../../graders/facts/answers/bind.ts';
import { fileFacts } from '../../../../graders/facts/files/files.ts';
import { runChecks } from '../../../../graders/grade.ts';
import { loadPaper } from '../../../../rubrics/load-paper.ts';
import type { KnownCheck } from '../../../../rubrics/paper-schema.ts';
import { makeDocx } from '../../../../samples/make/docx-writer.ts';
import { makeXlsx, type SheetCell } from '../../../../samples/make/xlsx-writer.ts';
import { handIn, read } from '../documents/read.ts';
import { styles } from './ops-1-styles.ts';

/** Checks that other rooms have not brought yet leave their items to a human; here only answers matter. */
const unjudged: KnownCheck = { id: '', version: 1, parameters: z.unknown(), slots: () => [] };
const known = new Proxy(new Map<string, KnownCheck>(checks), {
  get: (map, name) => {
    if (name === 'get') return (id: string) => map.get(id) ?? { ...unjudged, id };
    if (name === 'has') return () => true;
    const member: unknown = Reflect.get(map, name, map);
    return typeof member === 'function' ? member.bind(map) : member;
  },
});
const paper = loadPaper(join(import.meta.dirname, '../../../../rubrics/papers/OPS-1'), known);
const asked = paper.items.filter(({ check }) => check === 'number' || check === 'word-answer');

const noFacts = { files: [], images: [], pages: [], documents: [], answers: [], problems: [] };

/** What the paper's own checks say of the answers in one document. */
async function outcomes(path: string, bytes: Uint8Array): Promise<Map<string, string>> {
  const { document, problems } = await read(path, bytes);
  const files = fileFacts([await handIn(path, bytes)]);
  const answers = answersFrom(document, paper.taskText);
  const facts = { ...noFacts, files, documents: [document.fact], answers, problems: [...problems] };
  const judged = runChecks(paper, facts, noFacts);
  return new Map(asked.map(({ id }) => [id, judged.get(id)?.outcome ?? 'unjudged']));
}

const allPass = new Map(asked.map(({ id }) => [id, 'pass']));

describe('the answers of OPS-1', () => {
  it('are asked for by at least twenty items', () => {
    expect(asked.length).toBeGreaterThan(20);
  });

  it.each(Object.entries(styles))('are found however they are laid out: %s', async (_style, blocks) => {
    expect(await outcomes('运营分析.docx', makeDocx(blocks))).toEqual(allPass);
  });

  it('are found in a workbook with formulas', async () => {
    const share = (uv: number): SheetCell => ({ value: uv / 6200, format: '0.00%', formula: `${uv}/C7` });
    const rows: SheetCell[][] = [
      ['来源', 'PV', 'UV', '占比'],
      ['自然搜索', 7920, 2560, share(2560)],
      ['直通车', 4650, 1750, share(1750)],
      ['淘宝客', 2480, 790, share(790)],
      ['钻石展位', 1860, 620, share(620)],
      ['直接访问', 1690, 480, share(480)],
      ['合计', 18_600, 6200],
      [],
      ['指标', '公式', '结果'],
      ['实际扣费', '下一名出价×质量得分÷自己的质量得分+0.01', { value: 0.97, format: '0.00"元"' }],
      ['平均访问深度', 'PV÷UV', { value: 3, format: '0.00' }],
      ['直通车点击率', '点击量÷展现量', { value: 0.034, format: '0.00%' }],
      ['平均点击花费', '花费÷点击量', { value: 1.5, format: '¥0.00' }],
      ['投入产出比', '成交金额÷花费', { value: 3, format: '0.00' }],
      ['成交转化率', '成交客户÷访客', { value: 0.03, format: '0.00%', formula: '186/C7' }],
      ['直通车点击转化率', '成交笔数÷点击量', { value: 0.024, format: '0.00%' }],
      ['跳失率', '只访问一页÷总访问次数', { value: 0.44, format: '0.00%' }],
      ['预计销售额', null, { value: 47_616, format: '#,##0.00' }],
      ['销售额增加额', null, { value: 11_904, format: '#,##0.00' }],
      ['客单价', null, { value: 192, format: '0.00' }],
      ['笔单价', null, { value: 35_712 / 210, format: '0.00' }],
      [],
      ['直通车的计费方式', 'CPC'],
      ['钻石展位的计费方式', 'CPM'],
      ['淘宝客的计费方式', 'CPS'],
      ['最大流量来源', '自然搜索'],
    ];
    expect(await outcomes('运营分析.xlsx', makeXlsx([{ name: 'Sheet1', rows }]))).toEqual(allPass);
  });
});
