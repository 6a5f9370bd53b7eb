import type { EffectFact, Span } from '../../schema.ts';

/** One place in the code that speaks for an effect. */
export interface Sign {
  readonly span: Span;
  readonly technique: string;
  readonly values: Record<string, string>;
  /** The technique stands complete: everything it needs to work was found. */
  readonly complete: boolean;
}

/** Enough to show; a page that states an effect more often states it no better. */
const mostShown = 30;

/**
 * What the code alone says. Nothing was watched, so what is found stays unknown until somebody looks;
 * only a complete search that found nothing is a plain no.
 */
export function effectFrom(signs: readonly Sign[]): EffectFact {
  const ordered = [...signs.filter(({ complete }) => complete), ...signs.filter(({ complete }) => !complete)];
  const found = ordered[0] === undefined ? 'no' : ordered[0].complete ? 'yes' : 'maybe';
  return {
    verdict: found === 'no' ? 'no' : 'unknown',
    static: found,
    watched: null,
    evidence: ordered.slice(0, mostShown).map(({ span, technique, values }) => ({ span, technique, values })),
  };
}
