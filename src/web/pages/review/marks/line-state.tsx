import { useTexts } from '../../../language/language.tsx';
import { texts } from '../texts.ts';
import type { QueueState } from './mark-queue.ts';

/** Whether all that was given is saved; when not, where it is and what happens to it. */
export function LineState({ state }: { state: QueueState }) {
  const text = useTexts(texts);
  const count = state.pending.length;
  const words = {
    clear: count === 0 ? text.saved : text.saving(count),
    offline: text.offline(count),
    'signed-out': text.signedOut(count),
  };
  const stuck = state.line !== 'clear' && count > 0;
  return (
    <span className={stuck ? 'line line-stuck' : 'line'} role="status">
      {count === 0 ? words.clear : words[state.line]}
      {stuck && state.line === 'signed-out' && (
        <a href="/login" target="_blank" rel="noreferrer">
          {text.signInAgain}
        </a>
      )}
    </span>
  );
}
