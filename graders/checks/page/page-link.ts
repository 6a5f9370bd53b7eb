import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass } from '../../check.ts';
import type { ReferenceFact } from '../../facts/schema.ts';
import { hasText, matchLink } from './address.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({
  slot: z.string(),
  href: z.string().min(1),
  /** Words the link must be on; any link will do when left out. */
  text: z.string().min(1).optional(),
});

/** How many other links an examiner is shown. */
const mostShown = 5;

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, href, text } = input.parameters;
  return onPage(input, slot, ({ shown, absent, at }) => {
    const references = shown.flatMap((page) => page.references);
    const links = references.filter(({ kind }) => kind === 'link');
    const matching = links.filter(({ target }) => matchLink(target, href) !== 'other');
    const onText = matching.filter(({ span }) => text === undefined || hasText(span.source, text));
    const isSame = ({ target }: ReferenceFact): boolean => matchLink(target, href) === 'same';
    const best = onText.find(isSame) ?? onText[0];
    if (best !== undefined) {
      const evidence = [at(best.span)];
      const values = { href, found: best.target };
      return isSame(best)
        ? pass('right', values, { evidence })
        : partial('1/2', 'no-scheme', values, { evidence });
    }
    const scripted = references.find(
      ({ kind, target }) => kind === 'script-link' && matchLink(target, href) === 'same',
    );
    if (scripted !== undefined) {
      return pass('by-script', { href }, { evidence: [at(scripted.span)], review: true });
    }
    const near = matching[0];
    if (near !== undefined) {
      // The right address on other words: a picture may carry them, which only a human can read.
      return pass('other-words', { href, text: text ?? '' }, { evidence: [at(near.span)], review: true });
    }
    const evidence = [...links.slice(0, mostShown).map(({ span }) => at(span)), absent(`链接到 ${href}`)];
    return fail('none', { href, count: links.length }, { evidence });
  });
}

/** page-7: a link leads where it was asked to (C28). */
export const pageLink = defineCheck({
  id: 'page-link',
  version: 1,
  parameters,
  summary: { zh: '网页是否有指向指定地址的链接。', en: 'Whether the page links to the asked address.' },
  example: { slot: 'index', href: 'http://www.example.com/' },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    right: { zh: '有指向 {href} 的链接。', en: 'A link leads to {href}.' },
    'no-scheme': {
      zh: '链接写成“{found}”，缺 http://，在浏览器中打不开，得一半。',
      en: 'The link reads "{found}": without http:// it does not open, half.',
    },
    'by-script': {
      zh: '没有用 <a> 链接，由脚本打开 {href}，请确认。',
      en: 'No <a> links to {href}, a script opens it; confirm.',
    },
    'other-words': {
      zh: '有指向 {href} 的链接，但不在文字“{text}”上，请确认。',
      en: 'A link leads to {href}, but not on the words "{text}"; confirm.',
    },
    none: {
      zh: '{count} 个链接中没有指向 {href} 的。',
      en: 'None of {count} links leads to {href}.',
    },
  },
  slots: ({ slot }) => [slot],
  judge,
});
