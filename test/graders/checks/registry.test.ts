import { describe, expect, it } from 'vitest';
import { commonChecks } from '../../../graders/checks/common/index.ts';
import { byId, checks } from '../../../graders/checks/registry.ts';

describe('registry', () => {
  it('knows every check of every room by its id', () => {
    for (const check of commonChecks) expect(checks.get(check.id)).toBe(check);
  });
  it('refuses two checks of one name at start', () => {
    expect(() => byId([...commonChecks, ...commonChecks.slice(0, 1)])).toThrow(
      'two checks are called "image-format"',
    );
  });
});
