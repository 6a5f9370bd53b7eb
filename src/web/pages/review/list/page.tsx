import { useInfiniteQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { Link, useSearchParams } from 'react-router';
import type { Entry } from '../../../api/answers-schema.ts';
import { call } from '../../../api/client.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { useNext } from '../lease.ts';
import { modules, texts } from './texts.ts';
import './list.css';

type Line = Entry<'reviewLines'>;
const states = ['', 'waiting', 'started', 'doubt', 'done'] as const;

function Points({ line }: { line: Line }) {
  const text = useTexts(texts);
  if (line.awarded !== null) return <b>{line.awarded}</b>;
  return (
    <>
      {line.settled}{' '}
      {line.suggested > 0 && <span className="quiet">{text.plusSuggested(line.suggested)}</span>}
    </>
  );
}

function Row({ line }: { line: Line }) {
  const text = useTexts(texts);
  return (
    <tr>
      <td>
        <Link to={`/review/${line.candidateId}`} className="reviews-number">
          {line.blindNumber}
        </Link>
      </td>
      <td>
        {line.paper} <span className="quiet">{text[`module-${line.module}`]}</span>
      </td>
      <td>
        <span className={`tag tag-list-${line.state}`}>{text[`state-${line.state}`]}</span>
      </td>
      <td className="reviews-count">{line.itemsOpen}</td>
      <td className="reviews-count">
        {line.doubts > 0 && <span className="tag tag-doubt">{line.doubts}</span>}
      </td>
      <td className="reviews-count">
        <Points line={line} />
      </td>
      <td className="quiet">{line.lease && (line.lease.mine ? text.mine : text.other)}</td>
    </tr>
  );
}

/** What waits to be marked, under blind numbers, in an order that tells nothing. */
export function Component() {
  const text = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const wishes = {
    state: search.get('state') ?? '',
    module: search.get('module') ?? '',
    mine: search.get('mine') ?? '',
  };
  const change = (name: string, value: string): void =>
    setSearch((present) => {
      const changed = new URLSearchParams(present);
      if (value) changed.set(name, value);
      else changed.delete(name);
      return changed;
    });
  const lines = useInfiniteQuery({
    queryKey: ['reviews', wishes],
    initialPageParam: '',
    refetchInterval: 20_000,
    queryFn: ({ pageParam, signal }) =>
      call('reviewLines', '/review/submissions', { query: { ...wishes, cursor: pageParam }, signal }),
    getNextPageParam: ({ next }) => next,
  });
  const next = useNext();
  const noneWaits = next.error instanceof ApiProblem && next.error.code === 'nothing-waits';
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <h1>{text.title}</h1>
        <Button
          type="primary"
          size="large"
          loading={next.isPending}
          onClick={() => next.mutate(wishes.module ? { module: wishes.module } : {})}
        >
          {text.next}
        </Button>
      </div>
      {next.isError && !noneWaits && <ProblemAlert error={next.error} />}
      {noneWaits && (
        <p className="sheet" role="status">
          {text.noneWaits}
        </p>
      )}
      <div className="reviews-wishes">
        <Segmented
          value={wishes.state}
          onChange={(state) => change('state', state)}
          options={states.map((value) => ({
            value,
            label: value === '' ? text.all : text[`state-${value}`],
          }))}
        />
        <Select
          aria-label={text.module}
          value={wishes.module}
          onChange={(module) => change('module', module)}
          className="reviews-module"
          options={[
            { value: '', label: text.allModules },
            ...modules.map((value) => ({ value, label: text[`module-${value}`] })),
          ]}
        />
        <Checkbox
          checked={wishes.mine === 'true'}
          onChange={(event) => change('mine', event.target.checked ? 'true' : '')}
        >
          {text.onlyMine}
        </Checkbox>
      </div>
      {lines.isError && <ProblemAlert error={lines.error} retry={() => lines.refetch()} />}
      {lines.isPending ? (
        <Waiting />
      ) : (
        <div className="sheet reviews-sheet">
          <table className="reviews">
            <thead>
              <tr>
                <th>{text.number}</th>
                <th>{text.paper}</th>
                <th>{text.state}</th>
                <th className="reviews-count">{text.open}</th>
                <th className="reviews-count">{text.doubts}</th>
                <th className="reviews-count">{text.points}</th>
                <th>
                  <span className="visually-hidden">{text.lease}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <Row key={line.candidateId} line={line} />
              ))}
            </tbody>
          </table>
          {items.length === 0 && <p className="waiting">{text.none}</p>}
        </div>
      )}
      {lines.hasNextPage && (
        <Button block loading={lines.isFetchingNextPage} onClick={() => lines.fetchNextPage()}>
          {text.more}
        </Button>
      )}
    </div>
  );
}
