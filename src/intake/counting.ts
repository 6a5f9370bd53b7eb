/** What decides which attempt of a candidate counts. */
export interface Standing {
  readonly id: string;
  /** Counts the candidate's attempts from 1. */
  readonly number: number;
  readonly requiredFilled: number;
  readonly requiredTotal: number;
}

const isComplete = ({ requiredFilled, requiredTotal }: Standing): boolean => requiredFilled >= requiredTotal;

/**
 * The attempt that counts: the last complete one (all required files there, none empty), else the fullest, of
 * equally full ones the later. A poorer upload never replaces a complete one.
 * @returns null when there is no attempt
 */
export function chooseCounting(attempts: readonly Standing[]): Standing | null {
  let best: Standing | null = null;
  for (const one of [...attempts].sort((a, b) => a.number - b.number)) {
    if (!best) best = one;
    else if (isComplete(one) || (!isComplete(best) && one.requiredFilled >= best.requiredFilled)) best = one;
  }
  return best;
}
