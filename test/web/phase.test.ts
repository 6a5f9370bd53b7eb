import { describe, expect, it } from 'vitest';
import { phaseAt } from '../../src/web/pages/hand-in/phase.ts';

const session = {
  startsAt: '2026-05-20T09:00:00.000Z',
  endsAt: '2026-05-20T10:00:00.000Z',
  graceSeconds: 60,
};
const at = (time: string): number => Date.parse(`2026-05-20T${time}Z`);

describe('the clock of a terminal', () => {
  it.each([
    ['08:59:59.000', 'before', 1],
    ['09:00:00.000', 'running', 3600],
    ['09:59:59.999', 'running', 1],
    ['10:00:00.000', 'grace', 60],
    ['10:01:00.000', 'over', 0],
  ] as const)('at %s says %s, %i seconds', (time, phase, seconds) =>
    expect(phaseAt(session, at(time))).toEqual({ phase, seconds }),
  );
});
