interface Allowed {
  readonly possible: number;
  readonly step: number;
}

/** Points are counted in hundredths: 0.1 + 0.2 is no number of points. */
const hundredths = (points: number): number => Math.round(points * 100);

/** Reads what was typed; null when it is no number with at most two decimals. A Chinese full stop counts as a point. */
export function readPoints(typed: string): number | null {
  const text = typed.trim().replace(/[。．，,]/, '.');
  return /^(\d+(\.\d{0,2})?|\.\d{1,2})$/.test(text) ? Number(text) : null;
}

/** Whether the item allows these points; the service decides again by the same rule. */
export function isAllowed({ possible, step }: Allowed, points: number, proposed: number | null): boolean {
  if (points === proposed) return true;
  return points >= 0 && points <= possible && hundredths(points) % hundredths(step) === 0;
}

/** The next allowed value up or down; from between two steps to the nearer end of it. */
export function stepped({ possible, step }: Allowed, points: number, direction: 1 | -1): number {
  const steps = hundredths(points) / hundredths(step);
  const next = direction === 1 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1;
  return Math.min(possible, Math.max(0, (next * hundredths(step)) / 100));
}
