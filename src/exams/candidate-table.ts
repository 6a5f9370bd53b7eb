import { Problem } from '../http/problem.ts';
import { cellsOf } from './table-cells.ts';

/** One candidate as the office's list has it, with the line it stands on (1-based, heading included). */
export interface CandidateLine {
  readonly line: number;
  readonly ticket: string;
  readonly name: string;
  readonly module: string;
  readonly paper: string;
  readonly session: string;
  readonly room: string;
  readonly seat: string;
  readonly pin: string;
}

type Column = Exclude<keyof CandidateLine, 'line'>;

/** Headings as offices write them; the first is ours. */
const headings: Record<Column, readonly string[]> = {
  ticket: ['准考证号', '准考证', 'ticket'],
  name: ['姓名', 'name'],
  module: ['模块', '测试模块', 'module'],
  paper: ['试题', '试题编号', 'paper'],
  session: ['场次', 'session'],
  room: ['考场', 'room'],
  seat: ['座位号', '座位', 'seat'],
  pin: ['密码', '口令', 'pin'],
};
const columns = Object.keys(headings) as Column[];

interface Fault {
  where: string;
  message: string;
}

const refusal = (errors: Fault[]): Problem =>
  new Problem(422, 'candidate-list', `考生名单有 ${errors.length} 处错误，未导入任何考生。`, { errors });

function locateColumns(heading: readonly string[]): Map<Column, number> {
  const folded = heading.map((cell) => cell.toLowerCase().replaceAll(/\s/g, ''));
  const located = columns.map(
    (column) => [column, folded.findIndex((cell) => headings[column].includes(cell))] as const,
  );
  const missing = located.filter(([, index]) => index < 0).map(([column]) => headings[column][0]);
  if (missing.length > 0) {
    throw refusal([
      {
        where: '第 1 行',
        message: `缺少列：${missing.join('、')}（应有：${columns.map((name) => headings[name][0]).join('、')}）`,
      },
    ]);
  }
  return new Map(located);
}

/** What Excel makes of a long number: 4.3E+07. The digits are gone for good, so nobody may guess. */
const scientific = /^\d+(\.\d+)?e\+?\d+$/i;

function faultOf(row: CandidateLine): string | null {
  const empty = columns.filter((column) => row[column] === '').map((column) => headings[column][0]);
  if (empty.length > 0) return `未填写：${empty.join('、')}`;
  if (scientific.test(row.ticket)) {
    return `准考证号“${row.ticket}”已被 Excel 改成科学计数法，原号无法还原：请把该列设为“文本”后重新填写`;
  }
  if (!/^[\w-]{1,40}$/.test(row.ticket))
    return `准考证号“${row.ticket}”只能含字母、数字、“-”和“_”，最长 40 位`;
  if (row.pin.length < 4) return '密码至少 4 位';
  return null;
}

/**
 * Reads a candidate list: CSV (UTF-8 or GBK, comma, semicolon or tab) or XLSX, columns in any order.
 * @throws Problem 422 that lists every faulty line; nothing is taken from a list with a fault
 */
export function readCandidateTable(bytes: Uint8Array): CandidateLine[] {
  const cells = cellsOf(bytes);
  if (!cells) throw refusal([{ where: '文件', message: '没有工作表' }]);
  const [heading, ...rows] = cells;
  if (!heading) throw refusal([{ where: '文件', message: '文件是空的' }]);
  const at = locateColumns(heading);
  const lines = rows
    .map((cells, index) => {
      const cell = (column: Column): string => cells[at.get(column) ?? -1] ?? '';
      const texts = Object.fromEntries(columns.map((column) => [column, cell(column)])) as Record<
        Column,
        string
      >;
      return { line: index + 2, ...texts };
    })
    .filter((row) => columns.some((column) => row[column] !== ''));
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const row of lines) {
    const fault = faultOf(row);
    const first = seen.get(row.ticket);
    if (fault) faults.push({ where: `第 ${row.line} 行`, message: fault });
    else if (first)
      faults.push({ where: `第 ${row.line} 行`, message: `准考证号“${row.ticket}”与第 ${first} 行重复` });
    else seen.set(row.ticket, row.line);
  }
  if (lines.length === 0) faults.push({ where: '文件', message: '没有考生' });
  if (faults.length > 0) throw refusal(faults);
  return lines;
}
