import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial } from '../../check.ts';
import { matchLink } from './address.ts';
import { doubtful, type EffectEvidence, effectReasons, found, noEffect, signsOf } from './effect.ts';
import { onPage, type PageScope, pageReasons } from './on-page.ts';

const parameters = z.strictObject({
  slot: z.string(),
  aspect: z.enum(['position', 'link']),
  href: z.string().min(1).optional(),
});

const effect = '浮动广告';

/** Placed absolutely without a script: in its place, but it scrolls away. */
const stillShare = '2/5';

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, aspect, href } = input.parameters;
  return onPage(input, slot, (scope) => {
    const { static: state, signs } = signsOf(scope, 'floatingAd');
    const [sign] = signs;
    if (sign === undefined) return noEffect(scope, effect);
    if (aspect === 'link') return judgeLink(scope, signs, href ?? '');
    if (state === 'yes') return found(scope, 'floats', {}, sign);
    if (signs.every(({ technique }) => technique === 'position-absolute')) {
      return partial(stillShare, 'still', {}, { evidence: [scope.at(sign.span)], review: true });
    }
    return doubtful(scope, effect, signs);
  });
}

function judgeLink(scope: PageScope, signs: readonly EffectEvidence[], href: string): Outcome {
  const linked = signs.filter(({ values }) => (values.href ?? '') !== '');
  const right = linked.find(({ values }) => matchLink(values.href ?? '', href) === 'same');
  if (right !== undefined) return found(scope, 'linked', { href }, right);
  const [sign] = linked.length > 0 ? linked : signs;
  if (sign === undefined) return noEffect(scope, effect);
  const values = { href, found: sign.values.href || '无' };
  const extras = { evidence: [scope.at(sign.span)] };
  const isHalf = matchLink(sign.values.href ?? '', href) === 'no-scheme';
  return isHalf ? partial('1/2', 'no-scheme', values, extras) : fail('other-link', values, extras);
}

/** page-8: a small box that stays in view or drifts, and its link; absolute alone does not float. */
export const floatingAd = defineCheck({
  id: 'floating-ad',
  version: 1,
  parameters,
  summary: {
    zh: '广告是否浮动（position）、链接是否正确（link）。',
    en: 'Whether an ad floats (position) and links where it should (link).',
  },
  example: { slot: 'index', aspect: 'link', href: '#reg' },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    ...effectReasons,
    floats: { zh: '有浮动广告（{technique}）。', en: 'An ad floats ({technique}).' },
    still: {
      zh: '广告只是绝对定位，没有脚本，滚动时不会保持可见。',
      en: 'The ad is placed absolutely without a script: it scrolls away.',
    },
    linked: { zh: '浮动广告链接到 {href}。', en: 'The ad links to {href}.' },
    'no-scheme': {
      zh: '浮动广告的链接“{found}”缺 http://，得一半。',
      en: 'The ad’s link "{found}" lacks http://: half.',
    },
    'other-link': {
      zh: '浮动广告的链接是“{found}”，要求 {href}。',
      en: 'The ad links to "{found}", asked was {href}.',
    },
  },
  slots: ({ slot }) => [slot],
  refuse: ({ aspect, href }) => (aspect === 'link' && href === undefined ? ['aspect "link" needs href'] : []),
  judge,
});
