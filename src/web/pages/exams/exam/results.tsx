import { useInfiniteQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Answers, Entry } from '../../../api/answers-schema.ts';
import { address, call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { texts } from '../texts.ts';

type Line = Entry<'results'>;
const states = ['', 'none', 'incomplete', 'complete'] as const;

function Missing({ missing }: { missing: Line['missing'] }) {
  const text = useTexts(texts);
  return (
    <ul className="results-missing">
      {missing.map(({ kind, items, points }) => (
        <li key={kind}>
          {items === 0 ? text[`missing-${kind}`] : text.missingItems(text[`missing-${kind}`], items, points)}
        </li>
      ))}
    </ul>
  );
}

function Row({ exam, line }: { exam: string; line: Line }) {
  const text = useTexts(texts);
  return (
    <tr>
      <td className="mono">{line.ticket}</td>
      <td>{line.name}</td>
      <td className="number">{line.blindNumber}</td>
      <td>{line.paper}</td>
      <td>
        <span className={`state state-${line.state}`}>{text[`result-${line.state}`]}</span>
      </td>
      <td className="number">{line.settled}</td>
      <td className="number">{line.suggested}</td>
      <td className="number results-awarded">{line.awarded}</td>
      <td>
        <Missing missing={line.missing} />
      </td>
      <td>
        {line.state !== 'none' && (
          <>
            <a
              href={address(`/exams/${exam}/results/${line.candidateId}/sheet`)}
              target="_blank"
              rel="noreferrer"
            >
              {text.sheet}
            </a>{' '}
            <Link to={`/review/${line.candidateId}`}>{text.reviewLink}</Link>
          </>
        )}
      </td>
    </tr>
  );
}

/** Every candidate's result: complete, or what it still lacks. Exports are the same list as files. */
export function Results({ exam }: { exam: Answers['exam'] }) {
  const text = useTexts(texts);
  const [state, setState] = useState('');
  const [paper, setPaper] = useState('');
  const results = useInfiniteQuery({
    queryKey: ['results', exam.id, state, paper],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('results', `/exams/${exam.id}/results`, {
        query: { state, paper, limit: 100, cursor: pageParam },
        signal,
      }),
    getNextPageParam: ({ next }) => next,
  });
  const items = results.data?.pages.flatMap((page) => page.items) ?? [];
  const download = (file: string): string => address(`/exams/${exam.id}/${file}`);
  return (
    <>
      <div className="tools">
        <Segmented
          value={state}
          onChange={setState}
          options={states.map((value) => ({
            value,
            label: value === '' ? text.all : text[`result-${value}`],
          }))}
        />
        <Select
          aria-label={text.paper}
          value={paper}
          onChange={setPaper}
          options={[
            { value: '', label: text.allPapers },
            ...exam.papers.map((one) => ({ value: one.paper, label: one.paper })),
          ]}
        />
        <span className="tools-space" />
        <span className="quiet">{text.export}</span>
        <Button href={download('results.xlsx')}>{text.exportOne} XLSX</Button>
        <Button href={download('results.csv')}>CSV</Button>
        <Button href={download('results-items.xlsx')}>{text.exportItems} XLSX</Button>
        <Button href={download('results-items.csv')}>CSV</Button>
      </div>
      {results.isError && <ProblemAlert error={results.error} retry={() => results.refetch()} />}
      {results.isPending ? (
        <Waiting />
      ) : (
        <div className="sheet table-sheet">
          <table className="table">
            <thead>
              <tr>
                <th>{text.ticket}</th>
                <th>{text.person}</th>
                <th className="number">{text.blind}</th>
                <th>{text.paper}</th>
                <th>{text.state}</th>
                <th className="number">{text.settled}</th>
                <th className="number">{text.suggested}</th>
                <th className="number">{text.awarded}</th>
                <th>{text.missingTitle}</th>
                <th>
                  <span className="visually-hidden">{text.sheet}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <Row key={line.candidateId} exam={exam.id} line={line} />
              ))}
            </tbody>
          </table>
          {items.length === 0 && <p className="waiting">{text.noResults}</p>}
        </div>
      )}
      {results.hasNextPage && <Button onClick={() => results.fetchNextPage()}>{text.more}</Button>}
    </>
  );
}
