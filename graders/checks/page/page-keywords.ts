import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass } from '../../check.ts';
import type { PageFact } from '../../facts/schema.ts';
import { fold } from '../../text/normalize.ts';
import { metaForm } from './meta-form.ts';
import { onPage, type PageScope, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), keywords: z.array(z.string().min(1)).min(1) });

/** More words than this many times the asked ones are no choice of keywords: a human looks. */
const mostWords = 2;

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, keywords } = input.parameters;
  return onPage(input, slot, (scope) => {
    const { page } = scope;
    const asked = keywords.join('、');
    if (page.head.keywords === null) return without(scope, keywords);
    const given = new Set(page.head.keywords.list.map(fold));
    const missing = keywords.filter((word) => !given.has(fold(word)));
    const hits = keywords.length - missing.length;
    const values = {
      found: page.head.keywords.text,
      asked,
      hits,
      count: keywords.length,
      missing: missing.join('、'),
    };
    const extras = {
      evidence: [scope.at(page.head.keywords.span)],
      review: isStuffed(page.head.keywords, keywords.length),
    };
    if (hits === 0) return fail('other', values, extras);
    const form = metaForm(page.head.keywords.form);
    if (form === 'invalid') return partial(`${hits}/${keywords.length * 2}`, 'invalid-form', values, extras);
    if (missing.length > 0) return partial(`${hits}/${keywords.length}`, 'some', values, extras);
    return pass(form === 'valid' ? 'all' : 'all-tolerated', values, extras);
  });
}

/** Nowhere, or in the description, where they are no keywords. */
function without({ page, absent, at }: PageScope, keywords: readonly string[]): Outcome {
  const asked = keywords.join('、');
  const description = fold(page.head.description?.text ?? '');
  const isMisplaced =
    page.head.description !== null && keywords.every((word) => description.includes(fold(word)));
  const evidence = [absent('<meta name="keywords">')];
  if (!isMisplaced || page.head.description === null) return fail('none', { asked }, { evidence });
  return fail('in-description', { asked }, { evidence: [at(page.head.description.span), ...evidence] });
}

function isStuffed({ list, text }: NonNullable<PageFact['head']['keywords']>, asked: number): boolean {
  return list.length > asked * mostWords || /[。！？]/.test(text);
}

/** page-5: keywords as a set, whatever separates them (C3); every asked word counts the same. */
export const pageKeywords = defineCheck({
  id: 'page-keywords',
  version: 1,
  parameters,
  summary: {
    zh: '网页关键字是否齐全；每个关键字占同样的份额，多写不扣分。',
    en: 'Whether the keywords are all there; each counts the same, further ones cost nothing.',
  },
  example: { slot: 'index', keywords: ['安化黑茶', '千两茶'] },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    all: { zh: '{count} 个关键字齐全。', en: 'All {count} keywords are there.' },
    'all-tolerated': {
      zh: '{count} 个关键字齐全；meta 的写法不规范（单数 keyword 或写在 body 中），不扣分。',
      en: 'All {count} keywords are there; the meta is written loosely (singular, or in the body) at no cost.',
    },
    some: {
      zh: '{count} 个关键字中有 {hits} 个，缺：{missing}。',
      en: '{hits} of {count} keywords are there; missing: {missing}.',
    },
    'invalid-form': {
      zh: '{count} 个关键字中有 {hits} 个，但没有写成 <meta name="keywords">，得一半。',
      en: '{hits} of {count} keywords are there, but not in <meta name="keywords">: half.',
    },
    other: {
      zh: '关键字是“{found}”，没有一个是要求的：{asked}。',
      en: 'The keywords are "{found}"; none is one of those asked: {asked}.',
    },
    none: { zh: '网页没有设置关键字，要求：{asked}。', en: 'The page has no keywords; asked: {asked}.' },
    'in-description': {
      zh: '关键字写在了 description 中，没有设置 keywords；要求：{asked}。',
      en: 'The keywords stand in the description, not in keywords; asked: {asked}.',
    },
  },
  slots: ({ slot }) => [slot],
  judge,
});
