import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass } from '../../check.ts';
import { closeness } from './compare.ts';
import { invalidFormShare, metaForm } from './meta-form.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), description: z.string().min(1) });

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, description: asked } = input.parameters;
  return onPage(input, slot, ({ page, absent, at }) => {
    if (page.head.description === null) {
      return fail('none', { asked }, { evidence: [absent('<meta name="description">')] });
    }
    const { text, span, form } = page.head.description;
    const values = { found: text, asked };
    const evidence = [at(span)];
    const close = closeness(text, asked);
    if (close === 'other') return fail('other', values, { evidence });
    const isValid = metaForm(form) !== 'invalid';
    if (close === 'near') return partial(isValid ? '1/2' : '1/4', 'near', values, { evidence, review: true });
    if (!isValid) return partial(invalidFormShare, 'invalid-form', values, { evidence });
    return pass(close === 'same' ? 'right' : 'contains', values, { evidence });
  });
}

/** page-5: the description of the page; `，` or `,` makes no difference. */
export const pageDescription = defineCheck({
  id: 'page-description',
  version: 1,
  parameters,
  summary: { zh: '网页描述是否与要求一致。', en: 'Whether the page has the description asked for.' },
  example: { slot: 'index', description: '湘茗茶业专注安化黑茶二十年。' },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    right: { zh: '网页描述正确。', en: 'The description is right.' },
    contains: {
      zh: '网页描述包含要求的全文，另有别的文字，不扣分。',
      en: 'The description holds all that was asked and more, at no cost.',
    },
    near: {
      zh: '网页描述与要求只差个别字，请确认。要求：{asked}；实际：{found}',
      en: 'The description is a slip away from what was asked. Asked: {asked}; found: {found}',
    },
    'invalid-form': {
      zh: '网页描述文字正确，但没有写成 <meta name="description">，得一半。',
      en: 'The text is right, but not in <meta name="description">: half.',
    },
    other: {
      zh: '网页描述不符。要求：{asked}；实际：{found}',
      en: 'Another description. Asked: {asked}; found: {found}',
    },
    none: { zh: '网页没有设置描述，要求：{asked}', en: 'The page has no description; asked: {asked}' },
  },
  slots: ({ slot }) => [slot],
  judge,
});
