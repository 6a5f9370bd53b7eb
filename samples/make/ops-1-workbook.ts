import { sources, views, visitors } from './ops-1-answers.ts';
import { makeXlsx, type SheetCell } from './xlsx-writer.ts';

const percent = (value: number, formula: string): SheetCell => ({ value, formula, format: '0.00%' });
const money = (value: number, formula: string): SheetCell => ({ value, formula, format: '0.00' });

const traffic: SheetCell[][] = [
  ['来源', 'PV', 'UV', '访客占比'],
  ...sources.map((source, at): SheetCell[] => {
    const uv = Number(visitors[at]);
    return [source, Number(views[at]), uv, percent(uv / 6200, `C${at + 2}/C$7`)];
  }),
  ['合计', { value: 18600, formula: 'SUM(B2:B6)' }, { value: 6200, formula: 'SUM(C2:C6)' }, null],
  ['平均访问深度', { value: 3, formula: 'B7/C7', format: '0.00' }],
];

const results: SheetCell[][] = [
  ['指标', '结果'],
  ['直通车实际扣费', money(0.97, '1.2*8/10+0.01')],
  ['直通车点击率', percent(2125 / 62500, '2125/62500')],
  ['平均点击花费', money(1.5, '3187.5/2125')],
  ['投入产出比', money(3, '9562.5/3187.5')],
  ['成交转化率', percent(186 / 6200, '186/流量!C7')],
  ['点击转化率', percent(51 / 2125, '51/2125')],
  ['跳失率', percent(3300 / 7500, '3300/7500')],
  ['预计销售额', money(47616, '流量!C7*4%*B11')],
  ['销售额增加额', money(11904, 'B9-35712')],
  ['客单价', money(192, '35712/186')],
  ['笔单价', money(35712 / 210, '35712/210')],
];

/** All numbers computed in Excel: formulas with their cached values, percentages as percent cells. */
export const workbook = (): Buffer =>
  makeXlsx([
    { name: '流量', rows: traffic },
    { name: '计算结果', rows: results },
  ]);
