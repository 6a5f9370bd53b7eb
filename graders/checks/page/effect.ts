import type { Evidence, Outcome } from '../../../rubrics/outcome.ts';
import { fail, pass, type Reasons, unknown } from '../../check.ts';
import type { EffectFact, EffectName } from '../../facts/schema.ts';
import type { PageScope } from './on-page.ts';

export type EffectEvidence = EffectFact['evidence'][number];

/** One effect over a page and the pages in its frames. */
export interface EffectSigns {
  readonly static: EffectFact['static'];
  /** What speaks for it, the complete techniques first. */
  readonly signs: readonly EffectEvidence[];
}

/** Reasons that any check of an effect may give. `{effect}` is its Chinese name. */
export const effectReasons: Reasons = {
  'no-effect': { zh: '网页中没有找到{effect}。', en: 'The page has no {effect}.' },
  doubtful: {
    zh: '代码中有{effect}的迹象（{technique}），是否有效请人工查看。',
    en: 'The code shows signs of {effect} ({technique}); a human must see whether it works.',
  },
};

export function signsOf({ shown }: PageScope, name: EffectName): EffectSigns {
  const effects = shown.map((page) => page.effects[name]);
  const best = (['yes', 'maybe'] as const).find((state) => effects.some((effect) => effect.static === state));
  const ranked = effects.toSorted((a, b) => Number(b.static === 'yes') - Number(a.static === 'yes'));
  return { static: best ?? 'no', signs: ranked.flatMap(({ evidence }) => evidence) };
}

/** Nothing in the markup, the style sheets or the scripts: a complete search. */
export function noEffect(scope: PageScope, effect: string): Outcome {
  return fail('no-effect', { effect }, { evidence: [scope.absent(effect)] });
}

/** What only a browser or a human can tell. */
export function doubtful(scope: PageScope, effect: string, signs: readonly EffectEvidence[]): Outcome {
  const technique = [...new Set(signs.map((sign) => sign.technique))].join('、');
  return unknown('doubtful', { effect, technique }, { evidence: shownSigns(scope, signs) });
}

/** Found in the code, not watched: it passes, and a human confirms. */
export function found(
  scope: PageScope,
  code: string,
  values: Record<string, string | number>,
  sign: EffectEvidence,
): Outcome {
  return pass(
    code,
    { technique: sign.technique, ...values },
    { evidence: [scope.at(sign.span)], review: true, confidence: 0.8 },
  );
}

/** How many places an examiner is shown. */
const mostShown = 5;

export function shownSigns(scope: PageScope, signs: readonly EffectEvidence[]): Evidence[] {
  return signs.slice(0, mostShown).map(({ span }) => scope.at(span));
}
