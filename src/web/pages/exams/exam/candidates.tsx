import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import { useRef } from 'react';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { texts } from '../texts.ts';

/** The list of candidates, and its import: a list with one mistake is refused whole, line by line. */
export function Candidates({ exam }: { exam: string }) {
  const text = useTexts(texts);
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const queryKey = ['exams', exam, 'candidates'];
  const candidates = useInfiniteQuery({
    queryKey,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('candidates', `/exams/${exam}/candidates`, { query: { limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: ({ next }) => next,
  });
  const bring = useMutation({
    mutationFn: (file: File) =>
      call('imported', `/exams/${exam}/candidates`, {
        method: 'POST',
        body: file,
        type: 'application/octet-stream',
      }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  const items = candidates.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="tools">
        <Button type="primary" loading={bring.isPending} onClick={() => input.current?.click()}>
          {text.importCandidates}
        </Button>
        <span className="quiet">{text.importHint}</span>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.xlsx"
          data-testid="candidate-list"
          aria-label={text.importCandidates}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) bring.mutate(file);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {bring.isError && <ProblemAlert error={bring.error} onClose={bring.reset} />}
      {bring.data && <Alert type="success" showIcon title={text.imported(bring.data.imported)} />}
      {candidates.isError && <ProblemAlert error={candidates.error} retry={() => candidates.refetch()} />}
      {candidates.isPending ? (
        <Waiting />
      ) : (
        <div className="sheet table-sheet">
          <table className="table">
            <thead>
              <tr>
                <th>{text.ticket}</th>
                <th>{text.person}</th>
                <th>{text.paper}</th>
                <th>{text.session}</th>
                <th>{text.room}</th>
                <th>{text.seat}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ id, ticket, name, paper, session, room, seat }) => (
                <tr key={id}>
                  <td className="mono">{ticket}</td>
                  <td>{name}</td>
                  <td>{paper}</td>
                  <td>{session}</td>
                  <td>{room}</td>
                  <td>{seat}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {items.length === 0 && <p className="waiting">{text.noCandidates}</p>}
        </div>
      )}
      {candidates.hasNextPage && <Button onClick={() => candidates.fetchNextPage()}>{text.more}</Button>}
    </>
  );
}
