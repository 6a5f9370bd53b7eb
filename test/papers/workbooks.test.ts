import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as xlsx from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { papersFolder, readSheet } from './sources.ts';
import { tablesOf } from './tables.ts';

/** Which worksheet holds the data of which table of the task text (counted from 0). */
const twins: readonly (readonly [paper: string, file: string, sheet: string, table: number])[] = [
  ['PRE-1', '客户数据.xlsx', '客户数据', 0],
  ['OPS-1', '店铺数据.xlsx', '流量来源', 0],
  ['OPS-1', '店铺数据.xlsx', '经营数据', 1],
  ['OPS-1', '店铺数据.xlsx', '直通车', 2],
  ['OPS-2', '运营数据.xlsx', '关键词', 0],
  ['OPS-2', '运营数据.xlsx', '客服', 1],
  ['OPS-2', '运营数据.xlsx', '一周访客', 2],
  ['OPS-2', '运营数据.xlsx', '分时访客', 3],
  ['MKT-1', '粉丝数据.xlsx', '粉丝增减', 0],
  ['MKT-2', '微博数据.xlsx', '微博数据', 0],
  ['MKT-2', '微博数据.xlsx', '活跃时段', 1],
];

/** Every number of a table's cells below and right of its heads, row by row. */
const numbersIn = (rows: readonly (readonly string[])[]): number[] =>
  rows
    .slice(1)
    .flatMap((row) => row.slice(1))
    .flatMap((text) => /^-?\d+(\.\d+)?/.exec(text)?.[0] ?? [])
    .map(Number);

describe('a workbook holds the same data as the task text', () => {
  it.each(twins)('%s %s, sheet %s', (paper, file, sheet, position) => {
    const book = xlsx.read(readFileSync(join(papersFolder, paper, 'materials', file)));
    const cells = book.Sheets[sheet];
    if (cells === undefined) throw new Error(`no sheet ${sheet}`);
    const rows = xlsx.utils
      .sheet_to_json<unknown[]>(cells, { header: 1 })
      .map((row) => row.map((value) => String(value ?? '')));
    const printed = numbersIn(tablesOf(readSheet(paper).task)[position] ?? []);
    expect(printed.length).toBeGreaterThan(3);
    expect(numbersIn(rows)).toEqual(printed);
  });
});
