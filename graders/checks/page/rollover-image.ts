import { z } from 'zod';
import type { Outcome } from '../../../rubrics/outcome.ts';
import { type CheckInput, defineCheck, fail, partial } from '../../check.ts';
import { absentEvidence, fileEvidence, findings, slotReasons, together } from '../common/per-slot.ts';
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
  aspect: z.enum(['swap', 'restore', 'files']),
  /** The two pictures, as slots: first the one shown, then the one under the mouse. */
  pictures: z.array(z.string()).length(2).optional(),
});
type Parameters = z.output<typeof parameters>;

const effect = '鼠标经过图像';

/** A swap that was written but cannot work because its function or its picture is missing (C15). */
const brokenShare = '0.3';

function judge(input: CheckInput<Parameters>): Outcome {
  const { slot, aspect, pictures } = input.parameters;
  if (aspect === 'files' && pictures !== undefined) return judgeFiles(input, pictures);
  return onPage(input, slot, (scope) => {
    const { signs } = signsOf(scope, 'rolloverImage');
    const sign = bestOf(signs, pathsOf(input, pictures));
    if (sign === undefined) return noEffect(scope, effect);
    return aspect === 'restore' ? judgeRestore(scope, sign) : judgeSwap(input, scope, signs, sign);
  });
}

function judgeFiles(input: CheckInput<Parameters>, pictures: readonly string[]): Outcome {
  return together(
    findings(input, pictures, (file) => ({
      share: '1',
      code: 'there',
      values: { file: file.path },
      evidence: [fileEvidence(file)],
      brief: file.path,
    })),
  );
}

function pathsOf(input: CheckInput<Parameters>, pictures: readonly string[] | undefined): string[] {
  return (pictures ?? []).flatMap((name) => input.slots.get(name)?.file?.path ?? []);
}

const isBroken = ({ values }: EffectEvidence): boolean => values.defined === 'no' || values.target === 'no';
const isSame = ({ values }: EffectEvidence): boolean => values.same === 'yes';
const works = (sign: EffectEvidence): boolean =>
  sign.values.found === 'yes' && !isSame(sign) && !isBroken(sign) && hasBoth(sign);
const hasBoth = ({ values }: EffectEvidence): boolean =>
  (values.pictures ?? '').split('|').every((name) => name !== '');

/** One that works before one that does not, and one with the asked pictures before others. */
function bestOf(signs: readonly EffectEvidence[], asked: readonly string[]): EffectEvidence | undefined {
  const rank = (sign: EffectEvidence): number => {
    const names = (sign.values.pictures ?? '').split('|');
    return (works(sign) ? 4 : 0) + asked.filter((path) => names.includes(path)).length;
  };
  return signs.toSorted((a, b) => rank(b) - rank(a))[0];
}

function judgeSwap(
  input: CheckInput<Parameters>,
  scope: PageScope,
  signs: readonly EffectEvidence[],
  sign: EffectEvidence,
): Outcome {
  const [normal = '', hover = ''] = (sign.values.pictures ?? '').split('|');
  const values = { normal, hover };
  if (works(sign)) return found(scope, sign.values.sprite === 'yes' ? 'moves' : 'swaps', values, sign);
  const evidence = [scope.at(sign.span)];
  if (isSame(sign)) return fail('same-picture', values, { evidence });
  if (sign.values.found === 'no' && hover !== '') {
    evidence.push(absentEvidence(hover, input.facts.files));
    return fail('missing-picture', values, { evidence });
  }
  if (isBroken(sign)) {
    const code = sign.values.defined === 'no' ? 'no-function' : 'no-target';
    return partial(brokenShare, code, values, { evidence: shownSigns(scope, signs), review: true });
  }
  return doubtful(scope, effect, signs);
}

function judgeRestore(scope: PageScope, sign: EffectEvidence): Outcome {
  if (sign.values.restores === 'yes') return found(scope, 'restores', {}, sign);
  if (sign.values.restores === 'no') return fail('stays', {}, { evidence: [scope.at(sign.span)] });
  return doubtful(scope, effect, [sign]);
}

/** page-8: a picture changes under the mouse and comes back; any technique counts (C15, C16, C17). */
export const rolloverImage = defineCheck({
  id: 'rollover-image',
  version: 1,
  parameters,
  summary: {
    zh: '鼠标经过是否换图（swap）、移开是否恢复（restore）、两张图是否都在（files）。',
    en: 'Whether a picture changes under the mouse (swap), comes back (restore), and both are there (files).',
  },
  example: { slot: 'index', aspect: 'swap', pictures: ['btn-a', 'btn-b'] },
  reads: ['files', 'pages'],
  reasons: {
    ...pageReasons,
    ...slotReasons,
    ...effectReasons,
    swaps: {
      zh: '鼠标经过时 {normal} 换成 {hover}（{technique}）。',
      en: 'Under the mouse {normal} becomes {hover} ({technique}).',
    },
    moves: {
      zh: '鼠标经过时 {normal} 显示另一部分（{technique}）。',
      en: 'Under the mouse another part of {normal} is shown ({technique}).',
    },
    'same-picture': {
      zh: '鼠标经过前后是同一张图（{normal}、{hover} 内容相同），看不出变化。',
      en: 'The picture before and under the mouse is the same ({normal}, {hover}): nothing changes.',
    },
    'missing-picture': {
      zh: '鼠标经过时要显示的 {hover} 不在作品中。',
      en: 'The picture to show under the mouse, {hover}, was not handed in.',
    },
    'no-function': {
      zh: '调用了换图函数，但网页中没有该函数，换图不起作用。',
      en: 'The swapping function is called but is not on the page: nothing changes.',
    },
    'no-target': {
      zh: '换图函数指定的图片名称在网页中不存在，换图不起作用。',
      en: 'The swap names a picture that is not on the page: nothing changes.',
    },
    restores: { zh: '鼠标移开后图片恢复。', en: 'The picture comes back when the mouse leaves.' },
    stays: {
      zh: '没有写鼠标移开后恢复图片的代码。',
      en: 'Nothing brings the picture back when the mouse leaves.',
    },
    there: { zh: '{file} 在作品中。', en: '{file} was handed in.' },
  },
  slots: ({ slot, pictures }) => [slot, ...(pictures ?? [])],
  refuse: ({ aspect, pictures }) =>
    aspect === 'files' && pictures === undefined ? ['aspect "files" needs the two pictures'] : [],
  judge,
});
