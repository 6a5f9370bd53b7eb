import { cellsOf } from '../../exams/table-cells.ts';
import { Problem } from '../../http/problem.ts';

/** One process mark as a list has it; the item is named as the list names it. */
export interface ProcessEntry {
  /** 1-based, heading included. */
  readonly line: number;
  readonly ticket: string;
  readonly item: string;
  /** As written. */
  readonly points: string;
  /** Null where the list has no such column: what stands there stays. */
  readonly comment: string | null;
}

interface Fault {
  readonly where: string;
  readonly message: string;
}

/** Nothing is taken from a list with a fault. */
export const refusal = (errors: readonly Fault[]): Problem =>
  new Problem(422, 'process-list', `过程考核成绩表有 ${errors.length} 处错误，未导入任何成绩。`, {
    errors: [...errors],
  });

export const atLine = (line: number, message: string): Fault => ({ where: `第 ${line} 行`, message });

const ticketNames = ['准考证号', '准考证', 'ticket'];
const itemNames = ['评分点', 'item'];
const pointsNames = ['得分', '分数', '成绩', 'points'];
const commentNames = ['备注', '说明', 'comment'];
/** Columns that offices add for themselves. */
const passedOver = ['', '序号', '姓名', '场次', '考场', '座位号', '座位', '试题', '试题编号', '模块', '卷号'];

/** What is compared of a heading or an item's name. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

/**
 * Reads process marks: CSV (UTF-8 or GBK) or XLSX, in one of two forms. Either a column `准考证号` and one column per
 * item, headed by its id or its text, where an empty cell says nothing; or `准考证号`, `评分点`, `得分`, a line per mark.
 * A column `备注` may stand in both.
 * @throws Problem 422 for a table that is none of these
 */
export function readProcessSheet(bytes: Uint8Array): ProcessEntry[] {
  const [heading, ...rows] = cellsOf(bytes) ?? [];
  if (!heading) throw refusal([{ where: '文件', message: '文件是空的' }]);
  const names = heading.map(folded);
  const find = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name));
  const ticketAt = find(ticketNames);
  const commentAt = find(commentNames);
  if (ticketAt < 0) throw refusal([atLine(1, `缺少列：${ticketNames[0]}`)]);
  const columns = valueColumns(heading, names, [ticketAt, commentAt]);
  const entries = rows.flatMap((cells, index) => {
    const shared = {
      line: index + 2,
      ticket: cells[ticketAt] ?? '',
      comment: commentAt < 0 ? null : (cells[commentAt] ?? ''),
    };
    return columns(cells)
      .filter(({ points }) => points !== '')
      .map((one) => ({ ...shared, ...one }));
  });
  const nameless = entries.filter(({ ticket }) => ticket === '');
  if (nameless.length > 0)
    throw refusal(nameless.map(({ line }) => atLine(line, `未填写：${ticketNames[0]}`)));
  if (entries.length === 0) throw refusal([{ where: '文件', message: '没有成绩' }]);
  return entries;
}

type ValuesOf = (cells: readonly string[]) => { item: string; points: string }[];

function valueColumns(
  heading: readonly string[],
  names: readonly string[],
  used: readonly number[],
): ValuesOf {
  const itemAt = names.findIndex((name) => itemNames.includes(name));
  const pointsAt = names.findIndex((name) => pointsNames.includes(name));
  if (itemAt >= 0 && pointsAt >= 0)
    return (cells) => [{ item: cells[itemAt] ?? '', points: cells[pointsAt] ?? '' }];
  const items = heading.flatMap((item, at) =>
    used.includes(at) || passedOver.includes(names[at] ?? '') ? [] : [{ item, at }],
  );
  if (items.length === 0)
    throw refusal([atLine(1, '没有评分点列：请为每个评分点设一列，或使用“评分点”“得分”两列')]);
  return (cells) => items.map(({ item, at }) => ({ item, points: cells[at] ?? '' }));
}
