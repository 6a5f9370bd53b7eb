/** What decides which attempt of a candidate counts. */
export interface Standing {
  readonly id: string;
  /** Counts the candidate's attempts from 1. */
  readonly number: number;
  readonly requiredFilled: number;
  readonly requiredTotal: number;
}

/** All required files are there, none of them empty. */
export const isComplete = ({ requiredFilled, requiredTotal }: Omit<Standing, 'id' | 'number'>): boolean =>
  requiredFilled >= requiredTotal;

/** Negative when `a` counts rather than `b`. */
function compare(a: Standing, b: Standing): number {
  if (isComplete(a) !== isComplete(b)) return isComplete(a) ? -1 : 1;
  const fuller = isComplete(a) ? 0 : b.requiredFilled - a.requiredFilled;
  return fuller || b.number - a.number;
}

/**
 * The attempt that counts: the last complete one (all required files there, none empty), else the fullest, of
 * equally full ones the later. A poorer upload never replaces a complete one. The order is total, so the best of
 * all is also the better of a new one and the best so far.
 * @returns null when there is no attempt
 */
export const chooseCounting = <T extends Standing>(attempts: readonly T[]): T | null =>
  attempts.toSorted(compare)[0] ?? null;
