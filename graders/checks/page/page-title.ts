import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass } from '../../check.ts';
import { closeness } from './compare.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), title: z.string().min(1) });

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, title: asked } = input.parameters;
  return onPage(input, slot, ({ page, absent, at }) => {
    if (page.head.title === null) return fail('none', { asked }, { evidence: [absent('<title>')] });
    const values = { found: page.head.title.text, asked, count: page.head.title.count };
    const evidence = [at(page.head.title.span)];
    const close = closeness(page.head.title.text, asked);
    if (close === 'same')
      return pass(page.head.title.count > 1 ? 'first-of-several' : 'right', values, { evidence });
    if (close === 'other') return fail('other', values, { evidence });
    return partial('1/2', close, values, { evidence, review: true });
  });
}

/** page-5: the title of the page, without regard to width, case, blanks (C27); the first title is the page's (C4). */
export const pageTitle = defineCheck({
  id: 'page-title',
  version: 1,
  parameters,
  summary: { zh: '网页标题是否与要求一致。', en: 'Whether the page has the title asked for.' },
  example: { slot: 'index', title: '湘茗茶业-安化黑茶专卖' },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    right: { zh: '网页标题正确：{found}。', en: 'The title is right: {found}.' },
    'first-of-several': {
      zh: '网页有 {count} 个标题，浏览器显示的第一个正确：{found}。',
      en: 'The page has {count} titles; the first, which browsers show, is right: {found}.',
    },
    contains: {
      zh: '网页标题是“{found}”，在要求的“{asked}”之外还有别的文字。',
      en: 'The title is "{found}": more than the "{asked}" asked for.',
    },
    near: {
      zh: '网页标题是“{found}”，与要求的“{asked}”只差个别字。',
      en: 'The title is "{found}", a slip away from "{asked}".',
    },
    other: {
      zh: '网页标题是“{found}”，要求是“{asked}”。',
      en: 'The title is "{found}", asked was "{asked}".',
    },
    none: { zh: '网页没有标题，要求是“{asked}”。', en: 'The page has no title; asked was "{asked}".' },
  },
  slots: ({ slot }) => [slot],
  judge,
});
