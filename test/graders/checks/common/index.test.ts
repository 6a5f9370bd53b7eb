import { describe, expect, it } from 'vitest';
import { commonChecks } from '../../../../graders/checks/common/index.ts';

describe.each(commonChecks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  it('has an example that its parameters accept, twice over', () => {
    const once = check.parameters.parse(check.example);
    // What was parsed is kept with the paper and parsed again when work is graded.
    expect(check.parameters.parse(once)).toEqual(once);
    expect(check.refuse?.(once) ?? []).toEqual([]);
  });
  it('refuses a parameter that it does not know', () => {
    expect(check.parameters.safeParse({ ...check.example, surprise: 1 }).success).toBe(false);
  });
  it('says every reason in both languages with the same values', () => {
    for (const [code, { zh, en }] of Object.entries(check.reasons)) {
      const names = (text: string) => new Set(text.match(/\{\w+\}/g));
      expect(zh, code).toMatch(/\p{Script=Han}/u);
      expect(en, code).toMatch(/[a-z]{2}/);
      expect(names(zh).size > 0, code).toBe(names(en).size > 0);
    }
  });
});

describe('commonChecks', () => {
  it('have ids of their own', () => {
    expect(new Set(commonChecks.map((check) => check.id)).size).toBe(commonChecks.length);
  });
});
