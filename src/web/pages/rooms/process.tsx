import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { bySeat, useProcessLines } from './place.ts';
import { ProcessImport } from './process-import.tsx';
import { ProcessItem } from './process-item.tsx';
import { texts } from './texts.ts';

/** Process marks (过程考核) seat by seat, or as a list. A missing one leaves a result incomplete, never low. */
export function Process({ exam, session, room }: { exam: string; session: string; room: string }) {
  const text = useTexts(texts);
  const query = useProcessLines(exam, session, room);
  if (query.isPending) return <Waiting />;
  if (!query.data) return <ProblemAlert error={query.error} retry={() => query.refetch()} />;
  const lines = bySeat(query.data.pages.flatMap(({ items }) => items)).filter(
    ({ items }) => items.length > 0,
  );
  const open = lines.flatMap(({ items }) => items).filter(({ points }) => points === null).length;
  return (
    <>
      <ProcessImport exam={exam} />
      <Alert
        type={open > 0 ? 'info' : 'success'}
        showIcon
        title={open > 0 ? text.incomplete(open) : text.complete}
      />
      <ul className="process">
        {lines.map((line) => (
          <li key={line.candidateId} className="sheet">
            <div className="process-head">
              <b>
                {line.room} {text.seat(line.seat)}
              </b>
              <span>{line.name}</span>
              <span className="quiet mono">{line.ticket}</span>
              <span className="quiet">{line.paper}</span>
            </div>
            {line.items.map((item) => (
              <ProcessItem key={item.item} exam={exam} candidate={line.candidateId} item={item} />
            ))}
          </li>
        ))}
      </ul>
      {query.hasNextPage && <Button onClick={() => query.fetchNextPage()}>{text.more}</Button>}
    </>
  );
}
