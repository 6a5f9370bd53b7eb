import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail } from '../../check.ts';
import { doubtful, effectReasons, found, noEffect, signsOf } from './effect.ts';
import { onPage, pageReasons } from './on-page.ts';

const parameters = z.strictObject({ slot: z.string(), aspect: z.enum(['trigger', 'restore']) });

const effect = '图片放大';

function judge(input: CheckInput<z.output<typeof parameters>>): Outcome {
  const { slot, aspect } = input.parameters;
  return onPage(input, slot, (scope) => {
    const { static: state, signs } = signsOf(scope, 'imageZoom');
    const [sign] = signs;
    if (sign === undefined) return noEffect(scope, effect);
    if (aspect === 'restore' && sign.values.restores === 'no') {
      return fail('stays', {}, { evidence: [scope.at(sign.span)] });
    }
    if (state === 'maybe') return doubtful(scope, effect, signs);
    return found(
      scope,
      aspect === 'trigger' ? 'grows' : 'restores',
      { factor: sign.values.factor ?? '' },
      sign,
    );
  });
}

/** page-8: a picture grows under the mouse, by more than 1, and shrinks back. */
export const imageZoom = defineCheck({
  id: 'image-zoom',
  version: 1,
  parameters,
  summary: {
    zh: '鼠标移上时图片是否放大（trigger）、移开是否恢复（restore）。',
    en: 'Whether a picture grows under the mouse (trigger) and shrinks back (restore).',
  },
  example: { slot: 'index', aspect: 'trigger' },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    ...effectReasons,
    grows: {
      zh: '鼠标移上时图片放大 {factor} 倍（{technique}）。',
      en: 'Under the mouse pictures grow {factor} times ({technique}).',
    },
    restores: { zh: '鼠标移开后图片恢复原来大小。', en: 'The picture shrinks back when the mouse leaves.' },
    stays: {
      zh: '没有写鼠标移开后恢复大小的代码。',
      en: 'Nothing shrinks the picture back when the mouse leaves.',
    },
  },
  slots: ({ slot }) => [slot],
  judge,
});
