import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass, unknown } from '../../check.ts';
import type { PageFact } from '../../facts/schema.ts';
import { fold } from '../../text/normalize.ts';
import { onPage, pageReasons } from './on-page.ts';

const cell = z.union([z.string(), z.number()]).transform(String);
const parameters = z.strictObject({ slot: z.string(), rows: z.array(z.array(cell).min(1)).min(1) });

type Table = PageFact['tables'][number];

/** `¥198.00`, `198 元`, `198` are one value; so is a name with a mark around it. */
function plain(text: string): string {
  const folded = fold(text).replace(/[¥￥$:：,，、()（）「」【】]/g, '');
  return folded
    .replace(/^(rmb|价格|售价|单价|现价)+/, '')
    .replace(/(元整?|rmb)(\/?[盒饼片件份斤个袋罐])?$/, '')
    .replace(/^(\d+)\.0+$/, '$1')
    .replace(/^(\d+\.\d*?[1-9])0+$/, '$1');
}

/** A row fits when each asked value has a cell of its own, or all stand together in one. */
function fits(cells: readonly string[], wanted: readonly string[]): boolean {
  const rest = [...cells];
  const isEach = wanted.every((value) => {
    const at = rest.indexOf(value);
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
  return isEach || cells.includes(plain(wanted.join('')));
}

/** Rows, and columns for tables that were turned on their side. */
function linesOf({ rows }: Table): string[][] {
  const cells = rows.map((row) => row.map(plain));
  const width = Math.min(Math.max(0, ...cells.map((row) => row.length)), widestTurned);
  const columns = Array.from({ length: width }, (_, column) => cells.map((row) => row[column] ?? ''));
  return [...cells, ...columns];
}

const widestTurned = 50;

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, rows } = input.parameters;
  const wanted = rows.map((row) => row.map(plain));
  return onPage(input, slot, ({ shown, absent, at }) => {
    const tables = shown.flatMap((page) => page.tables);
    const counted = tables.map((table) => {
      const lines = linesOf(table);
      return { table, hits: wanted.map((row) => lines.some((cells) => fits(cells, row))) };
    });
    // Several tables may share the rows; the one that holds most is shown first.
    const matched = wanted.map((_, index) => counted.some(({ hits }) => hits[index] === true));
    const holding = counted.filter(({ hits }) => hits.includes(true)).map(({ table }) => at(table.span));
    const hits = matched.filter(Boolean).length;
    const missing = rows
      .filter((_, index) => !matched[index])
      .map((row) => row.join(' '))
      .join('、');
    const values = { hits, count: rows.length, missing };
    if (hits === rows.length) return pass('all', values, { evidence: holding });
    if (hits > 0) return partial(`${hits}/${rows.length}`, 'some', values, { evidence: holding });
    const text = fold(shown.map((page) => page.text).join(' '));
    const isElsewhere = rows.every((row) => row.every((value) => text.includes(fold(value))));
    const evidence = [...tables.slice(0, mostShown).map(({ span }) => at(span)), absent(missing)];
    return isElsewhere ? unknown('elsewhere', values, { evidence }) : fail('none', values, { evidence });
  });
}

const mostShown = 5;

/** page-7: the rows of a table, in any order; the layout table around it is not taken for it (C21). */
export const dataTable = defineCheck({
  id: 'data-table',
  version: 1,
  parameters,
  summary: {
    zh: '数据表格是否有要求的各行；顺序、货币符号不限。',
    en: 'Whether a table holds the asked rows; their order and currency signs do not matter.',
  },
  example: { slot: 'index', rows: [['千两茶饼', '198']] },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    all: { zh: '表格中 {count} 行数据都正确。', en: 'All {count} rows are in the table.' },
    some: {
      zh: '{count} 行数据中有 {hits} 行正确，缺或错：{missing}。',
      en: '{hits} of {count} rows are right; missing or wrong: {missing}.',
    },
    none: { zh: '没有找到要求的表格数据：{missing}。', en: 'None of the asked rows was found: {missing}.' },
    elsewhere: {
      zh: '数据出现在网页中，但不在同一表格行内，请人工查看：{missing}。',
      en: 'The data are on the page, but not in rows of a table; a human must look: {missing}.',
    },
  },
  slots: ({ slot }) => [slot],
  judge,
});
