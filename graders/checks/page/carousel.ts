import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial } from '../../check.ts';
import { doubtful, type EffectEvidence, effectReasons, found, noEffect, signsOf } from './effect.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({
  slot: z.string(),
  aspect: z.enum(['pictures', 'automatic']),
  /** How many pictures take turns. */
  count: z.number().int().min(2).default(3),
});

const effect = '图片轮播';

const countOf = ({ values }: EffectEvidence): number => Number(values.count ?? '0');

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, aspect, count } = input.parameters;
  return onPage(input, slot, (scope) => {
    const { static: state, signs } = signsOf(scope, 'carousel');
    // Among complete techniques, which stand first, the one with most pictures.
    const sign = state === 'yes' ? signs.toSorted((a, b) => countOf(b) - countOf(a))[0] : signs[0];
    if (sign === undefined) return noEffect(scope, effect);
    const evidence = [scope.at(sign.span)];
    if (aspect === 'automatic' && sign.values.automatic === 'no') return fail('by-hand', {}, { evidence });
    if (state === 'maybe') return doubtful(scope, effect, signs);
    if (aspect === 'automatic') return found(scope, 'turns', {}, sign);
    const number = countOf(sign);
    const values = { found: number, count, pictures: sign.values.pictures ?? '' };
    if (number >= count) return found(scope, 'enough', values, sign);
    return partial(`${number}/${count}`, 'fewer', values, { evidence, review: true });
  });
}

/** page-8: pictures take turns, as many as asked and by themselves. */
export const carousel = defineCheck({
  id: 'carousel',
  version: 1,
  parameters,
  summary: {
    zh: '轮播的图片数量（pictures）是否足够、是否自动轮换（automatic）。',
    en: 'Whether enough pictures take turns (pictures), and by themselves (automatic).',
  },
  example: { slot: 'index', aspect: 'pictures', count: 3 },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    ...effectReasons,
    enough: { zh: '{found} 张图片轮播（{technique}）。', en: '{found} pictures take turns ({technique}).' },
    fewer: {
      zh: '只有 {found} 张图片轮播，要求 {count} 张。',
      en: 'Only {found} pictures take turns, asked were {count}.',
    },
    turns: {
      zh: '图片自动轮换（{technique}）。',
      en: 'The pictures take turns by themselves ({technique}).',
    },
    'by-hand': { zh: '图片只能手动切换，没有自动轮换。', en: 'The pictures change by hand only.' },
  },
  slots: ({ slot }) => [slot],
  judge,
});
