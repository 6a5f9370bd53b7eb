import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass } from '../../check.ts';
import type { PageFact } from '../../facts/schema.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), rows: z.number().int().positive() });

type Table = PageFact['tables'][number];

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, rows } = input.parameters;
  return onPage(input, slot, ({ shown, absent, at }) => {
    const tables = shown.flatMap((page) => page.tables);
    const layouts = tables.filter(({ layout }) => layout);
    const exact = layouts.find((table) => table.rows.length === rows);
    if (exact !== undefined) return pass('right', { rows }, { evidence: [at(exact.span)] });
    const outer = layouts.filter(({ depth }) => depth === 0);
    const stacked = rowsOf(outer);
    if (outer.length > 1 && stacked >= rows) {
      const evidence = outer.map(({ span }) => at(span));
      return pass(
        'stacked',
        { rows, tables: outer.length, found: stacked },
        { evidence, review: stacked > rows },
      );
    }
    const largest = layouts.toSorted((a, b) => b.rows.length - a.rows.length)[0];
    if (largest === undefined) return fail('none', { rows }, { evidence: [absent('布局表格 <table>')] });
    const values = { rows, found: largest.rows.length };
    const evidence = [at(largest.span)];
    // A spacer or a row for the navigation still leaves the asked rows standing; a human sees which.
    if (largest.rows.length > rows) return pass('more', values, { evidence, review: true });
    return partial('1/2', 'fewer', values, { evidence, review: true });
  });
}

const rowsOf = (tables: readonly Table[]): number => tables.reduce((sum, { rows }) => sum + rows.length, 0);

/** page-6: the page is laid out by a table of so many rows; data tables inside do not count (C21). */
export const layoutTable = defineCheck({
  id: 'layout-table',
  version: 1,
  parameters,
  summary: {
    zh: '是否用指定行数的表格布局；数据表格不算。',
    en: 'Whether a table of so many rows lays out the page; data tables do not count.',
  },
  example: { slot: 'index', rows: 3 },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    right: { zh: '用 {rows} 行表格布局。', en: 'A table of {rows} rows lays out the page.' },
    stacked: {
      zh: '用上下排列的 {tables} 个表格布局，共 {found} 行。',
      en: '{tables} tables one below the other lay out the page, {found} rows in all.',
    },
    more: {
      zh: '布局表格有 {found} 行，多于要求的 {rows} 行，请确认区域。',
      en: 'The layout table has {found} rows, more than the {rows} asked for; confirm its regions.',
    },
    fewer: {
      zh: '布局表格只有 {found} 行，要求 {rows} 行。',
      en: 'The layout table has only {found} rows, asked were {rows}.',
    },
    none: { zh: '没有找到用于布局的表格。', en: 'No table lays out the page.' },
  },
  slots: ({ slot }) => [slot],
  judge,
});
