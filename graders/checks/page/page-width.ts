import { z } from 'zod';
import type { Evidence, Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, pass, unknown } from '../../check.ts';
import type { PageFact, Span } from '../../facts/schema.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), width: z.number().int().positive() });

interface Stated {
  element: string;
  width: string;
  span: Span;
}

function statedBy(page: PageFact): Stated[] {
  const tables = page.tables.flatMap(({ width, span }) =>
    width === null ? [] : [{ element: 'table', width, span }],
  );
  return [...tables, ...page.widths];
}

const pixels = /^(\d+(?:\.\d+)?)(?:px)?$/i;

const pixelsOf = (width: string): number | null => {
  const number = pixels.exec(width.trim())?.[1];
  return number === undefined ? null : Number(number);
};

/** Units that may well come to the asked width, which only a browser can tell; `%` follows the window and cannot. */
const needsBrowser = (width: string): boolean => /(em|rem|vw|pt|cm|mm|in|calc\(.*)\)?$/i.test(width.trim());

/** How many statements an examiner is shown. */
const mostShown = 5;

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, width } = input.parameters;
  return onPage(input, slot, ({ shown, absent, at }) => {
    const stated = shown.flatMap(statedBy);
    const right = stated.find((each) => pixelsOf(each.width) === width);
    if (right !== undefined)
      return pass('right', { width, element: right.element }, { evidence: [at(right.span)] });
    if (stated.length === 0)
      return fail('none', { width }, { evidence: [absent(`宽 ${width} 像素的表格或 div`)] });
    const found = [...new Set(stated.map((each) => each.width))].slice(0, mostShown).join('、');
    const evidence: Evidence[] = stated.slice(0, mostShown).map(({ span }) => at(span));
    if (stated.some((each) => needsBrowser(each.width)))
      return unknown('other-unit', { found, width }, { evidence });
    return fail('other', { found, width }, { evidence });
  });
}

/** page-6: the frame of the page is so many pixels wide, by attribute, inline style or style sheet. */
export const pageWidth = defineCheck({
  id: 'page-width',
  version: 1,
  parameters,
  summary: { zh: '布局的宽度是否为指定像素。', en: 'Whether the layout has the asked width in pixels.' },
  example: { slot: 'index', width: 1000 },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    right: { zh: '布局（{element}）宽 {width} 像素。', en: 'The layout ({element}) is {width} pixels wide.' },
    other: {
      zh: '设置的宽度是 {found}，要求 {width} 像素。',
      en: 'The widths stated are {found}; asked were {width} pixels.',
    },
    'other-unit': {
      zh: '宽度以其他单位设置（{found}），是否为 {width} 像素请人工查看。',
      en: 'Widths are stated in other units ({found}); a human must see whether that is {width} pixels.',
    },
    none: {
      zh: '没有设置布局的宽度，要求 {width} 像素。',
      en: 'No width is stated; asked were {width} pixels.',
    },
  },
  slots: ({ slot }) => [slot],
  judge,
});
