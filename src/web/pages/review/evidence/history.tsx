import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { momentText } from '../../../shared/time.ts';
import { submissionAddress } from '../data.ts';
import { texts } from '../texts.ts';

/** Every mark an item ever had, newest first; asked for when somebody wants to see it. */
export function History({ candidate, item }: { candidate: string; item: string }) {
  const text = useTexts(texts);
  const [open, setOpen] = useState(false);
  const marks = useQuery({
    queryKey: ['review', candidate, 'history', item],
    queryFn: ({ signal }) =>
      call('marks', `${submissionAddress(candidate)}/items/${encodeURIComponent(item)}/marks`, { signal }),
    enabled: open,
    staleTime: 0,
  });
  return (
    <details className="history-marks" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.history}</summary>
      {marks.isError && <ProblemAlert error={marks.error} />}
      <ol>
        {marks.data?.map((mark) => (
          <li key={mark.id}>
            <b>{mark.points ?? '—'}</b> {mark.by} <span className="quiet">{momentText(mark.at)}</span>
            {mark.doubt && <span className="tag tag-doubt">{text.doubt}</span>}
            {mark.comment && <div className="quiet">{mark.comment}</div>}
          </li>
        ))}
      </ol>
    </details>
  );
}
