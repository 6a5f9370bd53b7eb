import Tag from 'antd/es/tag';
import { useTexts } from '../../language/language.tsx';
import { momentText } from '../../shared/time.ts';
import { PackageProblems } from './package-problems.tsx';
import type { Attempt, Status } from './status.ts';
import { texts } from './texts.ts';

function Filling({ attempt }: { attempt: Attempt }) {
  const text = useTexts(texts);
  if (attempt.state !== 'complete') return <span className="quiet">{text[attempt.state]}</span>;
  const { complete, requiredFilled, requiredTotal } = attempt;
  return complete ? (
    <span>{text.complete}</span>
  ) : (
    <span>{text.filled(requiredFilled ?? 0, requiredTotal ?? 0)}</span>
  );
}

/** All that was handed in so far, which of it counts and why. */
export function History({ status }: { status: Status }) {
  const text = useTexts(texts);
  const counting = status.attempts.find(({ counts }) => counts);
  return (
    <section aria-label={text.history}>
      <h2>{text.history}</h2>
      <p className="history-counting">{status.attempts.length === 0 ? text.none : status.counting}</p>
      {counting && <PackageProblems problems={counting.problems} />}
      <ol className="history">
        {status.attempts.map((attempt) => (
          <li key={attempt.attempt}>
            <span>{text.attempt(attempt.number)}</span>
            <span className="quiet">{momentText(attempt.receivedAt)}</span>
            <Filling attempt={attempt} />
            {attempt.counts && <Tag color="green">{text.counts}</Tag>}
            {attempt.code && <span className="mono quiet">{attempt.code}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
