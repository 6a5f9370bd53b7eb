import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { texts } from '../texts.ts';
import type { MarkQueue, Refusal } from './mark-queue.ts';

/** Marks that the service did not take, each with the reason, until somebody has read it. */
export function Refusals({ refusals, queue }: { refusals: readonly Refusal[]; queue: MarkQueue }) {
  const text = useTexts(texts);
  return refusals.map((refusal) => (
    <section
      key={`${refusal.mine.candidate} ${refusal.mine.item}`}
      aria-label={text.refusedTitle(refusal.mine.text)}
    >
      <ProblemAlert error={refusal.error} onClose={() => queue.dismiss(refusal)} />
    </section>
  ));
}
