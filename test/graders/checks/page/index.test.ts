import { describe, expect, it } from 'vitest';
import { pageChecks } from '../../../../graders/checks/page/index.ts';

describe('checks of pages', () => {
  it.each(pageChecks.map((check) => [check.id, check] as const))(
    '%s: its example is good, its slots are named',
    (_, check) => {
      const parameters = check.parameters.parse(check.example);
      expect(check.slots(parameters)).toContain('index');
      expect(check.refuse?.(parameters) ?? []).toEqual([]);
    },
  );

  it.each([
    ['scrolling-text', { slot: 'index', aspect: 'text' }],
    ['rollover-image', { slot: 'index', aspect: 'files' }],
    ['floating-ad', { slot: 'index', aspect: 'link' }],
  ])('%s refuses an aspect without what it needs', (id, written) => {
    const check = pageChecks.find((each) => each.id === id);
    expect(check?.refuse?.(check.parameters.parse(written))).toHaveLength(1);
  });
});
