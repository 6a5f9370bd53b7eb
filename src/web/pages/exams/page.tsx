import { useInfiniteQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { momentText } from '../../shared/time.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { NewExam } from './new-exam.tsx';
import { Rubrics } from './rubrics.tsx';
import { texts } from './texts.ts';
import './exams.css';

/** The administrator's page: exams, and the versions of papers they may pin. */
export function Component() {
  const text = useTexts(texts);
  const [making, setMaking] = useState(false);
  const exams = useInfiniteQuery({
    queryKey: ['exams', 'list'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => call('exams', '/exams', { query: { cursor: pageParam }, signal }),
    getNextPageParam: ({ next }) => next,
  });
  if (exams.isPending) return <Waiting />;
  const items = exams.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{text.title}</h1>
        <Button type="primary" onClick={() => setMaking(true)}>
          {text.newExam}
        </Button>
      </div>
      {exams.isError && <ProblemAlert error={exams.error} retry={() => exams.refetch()} />}
      <div className="sheet table-sheet">
        <table className="table">
          <thead>
            <tr>
              <th>{text.name}</th>
              <th>{text.state}</th>
              <th>{text.createdAt}</th>
              <th>{text.createdBy}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, name, state, createdAt, createdBy }) => (
              <tr key={id}>
                <td>
                  <Link to={`/exams/${id}`}>{name}</Link>
                </td>
                <td>
                  <span className={`state state-${state}`}>{text[`state-${state}`]}</span>
                </td>
                <td>{momentText(createdAt)}</td>
                <td>{createdBy}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {items.length === 0 && <p className="waiting">{text.none}</p>}
      </div>
      {exams.hasNextPage && <Button onClick={() => exams.fetchNextPage()}>{text.more}</Button>}
      <h2>{text.rubrics}</h2>
      <Rubrics />
      {making && <NewExam onClose={() => setMaking(false)} />}
    </div>
  );
}
