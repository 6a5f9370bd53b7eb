import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial, pass, unknown } from '../../check.ts';
import { closeness } from './compare.ts';
import {
  doubtful,
  type EffectEvidence,
  effectReasons,
  found,
  noEffect,
  shownSigns,
  signsOf,
} from './effect.ts';
import { onPage, type PageScope, pageReasons } from './on-page.ts';

const parameters = z.strictObject({
  slot: z.string(),
  aspect: z.enum(['element', 'text', 'direction']),
  /** The text that was asked to scroll. */
  text: z.string().min(1).optional(),
  direction: z.enum(['left', 'right', 'up', 'down']).default('left'),
});
type Parameters = z.output<typeof parameters>;

const effect = '滚动文字';

function judge(input: CheckInput<Parameters>): Outcome {
  const { slot, aspect, text, direction } = input.parameters;
  return onPage(input, slot, (scope) => {
    const { signs } = signsOf(scope, 'scrollingText');
    const sign = bestOf(signs, text);
    if (sign === undefined) return noEffect(scope, effect);
    if (aspect === 'element') return judgeElement(scope, signs, sign);
    if (aspect === 'text') return judgeText(scope, sign, text ?? '');
    return judgeDirection(scope, sign, direction);
  });
}

const closest = ['same', 'contains', 'near', 'other'];

/** The one that scrolls the asked text; a page may scroll other things too. */
function bestOf(signs: readonly EffectEvidence[], text: string | undefined): EffectEvidence | undefined {
  if (text === undefined) return signs[0];
  const rank = ({ values }: EffectEvidence): number => closest.indexOf(closeness(values.text ?? '', text));
  return signs.toSorted((a, b) => rank(a) - rank(b))[0];
}

const isStill = ({ values }: EffectEvidence): boolean => values.moves === 'no';
const holdsOnlyPictures = ({ values }: EffectEvidence): boolean =>
  (values.text ?? '') === '' && Number(values.pictures ?? '0') > 0;
const isComplete = ({ values }: EffectEvidence): boolean =>
  values.moves === 'yes' && (values.text ?? '') !== '';

function judgeElement(scope: PageScope, signs: readonly EffectEvidence[], best: EffectEvidence): Outcome {
  const moving = isComplete(best) ? best : signs.find(isComplete);
  if (moving !== undefined) return found(scope, 'scrolls', {}, moving);
  const evidence = shownSigns(scope, signs);
  if (signs.every(isStill)) return fail('still', {}, { evidence });
  if (signs.some(holdsOnlyPictures)) return unknown('only-pictures', {}, { evidence });
  return doubtful(scope, effect, signs);
}

function judgeText(scope: PageScope, sign: EffectEvidence, asked: string): Outcome {
  const text = sign.values.text ?? '';
  const evidence = [scope.at(sign.span)];
  if (text === '') {
    return holdsOnlyPictures(sign)
      ? unknown('only-pictures', {}, { evidence })
      : doubtful(scope, effect, [sign]);
  }
  const values = { found: text, asked };
  const close = closeness(text, asked);
  if (close === 'other') return fail('other-text', values, { evidence });
  if (close === 'near') return partial('1/2', 'near-text', values, { evidence, review: true });
  if (sign.values.unclosed === 'yes')
    return pass('unclosed', values, { evidence, review: true, confidence: 0.8 });
  return found(scope, 'right-text', values, sign);
}

function judgeDirection(scope: PageScope, sign: EffectEvidence, asked: string): Outcome {
  const { direction } = sign.values;
  if (direction === undefined) return doubtful(scope, effect, [sign]);
  if (direction === asked) return found(scope, 'right-direction', { direction: words[asked] ?? asked }, sign);
  const values = { direction: words[direction] ?? direction, asked: words[asked] ?? asked };
  return fail('other-direction', values, { evidence: [scope.at(sign.span)] });
}

const words: Readonly<Record<string, string>> = {
  left: '左 left',
  right: '右 right',
  up: '上 up',
  down: '下 down',
};

/** page-8: text that scrolls, what it says, and which way (C13, C14). */
export const scrollingText = defineCheck({
  id: 'scrolling-text',
  version: 1,
  parameters,
  summary: {
    zh: '是否有滚动文字（element）、内容（text）、方向（direction）是否正确。',
    en: 'Whether text scrolls (element), says what was asked (text), the asked way (direction).',
  },
  example: { slot: 'index', aspect: 'text', text: '新店开张，全场满199减50！' },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    ...effectReasons,
    scrolls: { zh: '有滚动文字（{technique}）。', en: 'Text scrolls ({technique}).' },
    still: {
      zh: '有滚动标签，但速度为 0，文字不会移动。',
      en: 'There is a marquee, but its speed is 0: nothing moves.',
    },
    'only-pictures': {
      zh: '滚动的是图片，没有文字；图片中是否有要求的文字请人工查看。',
      en: 'Pictures scroll, no text; a human must see whether the asked words are in them.',
    },
    'right-text': { zh: '滚动文字的内容正确。', en: 'The scrolling text is right.' },
    unclosed: {
      zh: '滚动文字的内容正确，但滚动标签没有结束，后面的内容也会滚动。',
      en: 'The scrolling text is right, but its tag is never closed, so what follows scrolls too.',
    },
    'near-text': {
      zh: '滚动文字与要求只差个别字，请确认。要求：{asked}；实际：{found}',
      en: 'The scrolling text is a slip away. Asked: {asked}; found: {found}',
    },
    'other-text': {
      zh: '滚动文字的内容不符。要求：{asked}；实际：{found}',
      en: 'Another text scrolls. Asked: {asked}; found: {found}',
    },
    'right-direction': { zh: '滚动方向正确：{direction}。', en: 'It scrolls the right way: {direction}.' },
    'other-direction': {
      zh: '滚动方向是{direction}，要求{asked}。',
      en: 'It scrolls {direction}; asked was {asked}.',
    },
  },
  slots: ({ slot }) => [slot],
  refuse: ({ aspect, text }) =>
    aspect === 'text' && text === undefined ? ['aspect "text" needs the text that was asked to scroll'] : [],
  judge,
});
