import type { GridCell } from '../documents/read.ts';
import { numbersOf } from './line.ts';
import { wordsBeside } from './words.ts';

/**
 * What a cell is for the table: `number` answers by its place, `mixed` holds its own label beside a number, `text`
 * is a head or an answer in words.
 */
export type Role = 'number' | 'mixed' | 'text';

export interface Cell {
  readonly cell: GridCell;
  readonly role: Role;
}

/** 186人, 7500 次: a unit behind the number is no label. */
const unitLength = 3;

export function roleOf(cell: GridCell): Role {
  if (cell.stored !== null) return 'number';
  const results = numbersOf(cell.text, true);
  if (!results.some((reading) => !reading.input)) return 'text';
  const chains = results.map((reading) => ({ ...reading, start: reading.chain.start }));
  const words = wordsBeside(cell.text, chains);
  if (words === '') return 'number';
  const first = results[0];
  const startsWithNumber =
    first !== undefined && cell.text.slice(0, first.chain.start).replace(/[^\p{L}]/gu, '') === '';
  return startsWithNumber && words.length <= unitLength ? 'number' : 'mixed';
}

const unit = /^[（(]?(?:元|万元|%|％|次|人|笔|件|个|条|天|单位|￥|¥)[)）]?$/;

/** A counting word alone says nothing: neither what a number is, nor an answer. */
export const isUnit = (text: string): boolean => unit.test(text.trim());

const operators = /[÷×*/＊＋+=＝]/;

/** 成交客户数÷访客数×100%, 元, 3: a formula in words, a unit or a running number names nothing. */
export function names(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > 40 || !/\p{L}/u.test(trimmed)) return false;
  if (unit.test(trimmed)) return false;
  // PV/UV is a formula, 转评赞/阅读 too; 商品/服务 as a head is rare and also stands under its column's head.
  return !operators.test(trimmed.replace(/[（(][^（()）]*[)）]/g, ''));
}

/** Columns whose heads say how a number was found, not what it is. */
export const isWorkingHead = (head: string): boolean =>
  /公式|过程|步骤|算式|算法|依据|说明|备注|单位|方法$/.test(head);
/** Columns whose heads say only that an answer stands there. */
export const isResultHead = (head: string): boolean =>
  /^(?:最终)?(?:计算)?(?:结果|答案|得数|数值|数据|值|作答|填写|回答)$/.test(head.trim());
export const isRunningHead = (head: string): boolean => /^(?:序号|编号|No\.?|题号)$/i.test(head.trim());
/** Words that stand over columns: 工具, 计费方式. A row of words without any of them may be a row like the others. */
export const isHeadWord = (head: string): boolean =>
  /(?:方式|类型|类别|分类|名称|项目|指标|内容|结果|答案|原因|依据|工具|来源|渠道|措施|方法|说明|步骤|题号|问题|序号)$/.test(
    head.trim(),
  );
/** Rows that only mean something together with their column: 合计 of PV. */
export const isTotal = (head: string): boolean =>
  /^(?:合计|总计|小计|总和|总数|平均|平均值|均值|汇总|总)$/.test(head.trim());
