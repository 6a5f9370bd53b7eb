import { useCallback, useState } from 'react';
import type { Answers } from '../../api/answers-schema.ts';

/** Who sits here, as the exchange of ticket and PIN answered. */
export type Seated = Answers['candidateToken'];

const storageKey = 'kaoping.terminal';

function restore(): Seated | null {
  const text = sessionStorage.getItem(storageKey);
  if (text === null) return null;
  const seated = JSON.parse(text) as Seated;
  return new Date(seated.expiresAt) > new Date() ? seated : null;
}

/**
 * The candidate at this terminal. Kept for this tab only: a reload loses nothing, the next candidate on the same
 * machine finds nothing.
 */
export function useTerminal() {
  const [seated, setSeated] = useState(restore);
  const sit = useCallback((next: Seated): void => {
    sessionStorage.setItem(storageKey, JSON.stringify(next));
    setSeated(next);
  }, []);
  const leave = useCallback((): void => {
    sessionStorage.removeItem(storageKey);
    setSeated(null);
  }, []);
  return { seated, sit, leave };
}
