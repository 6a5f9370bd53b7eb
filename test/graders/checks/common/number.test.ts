import { describe, expect, it } from 'vitest';
import { number } from '../../../../graders/checks/common/number.ts';
import type { Outcome } from '../../../../rubrics/outcome.ts';
import { outcomeSchema } from '../../../../rubrics/outcome.ts';
import { judged, parse } from './number/answers.ts';
import { rows } from './number/tables.ts';

/** `1/2!`: half the points and a human looks; `?`: nobody can tell. */
const verdict = (outcome: Outcome): string => `${outcome.share ?? '?'}${outcome.review ? '!' : ''}`;

describe.each(rows)('$paper $name', ({ parameters, written, carried }) => {
  it('has rules that do not overlap', () => {
    expect(number.refuse?.(parse(parameters))).toEqual([]);
  });

  it.each(written)('%s ▶ %s', (text, share) => {
    const outcome = judged(parameters, text);
    expect(verdict(outcome), outcome.reason.code).toBe(share);
    expect(outcomeSchema.safeParse(outcome).success).toBe(true);
  });

  it.each(carried ?? [])('with own answers $own: $written ▶ $share', ({ own, written: text, share }) => {
    const outcome = judged(parameters, text, { own });
    expect(verdict(outcome), outcome.reason.code).toBe(share);
  });
});
