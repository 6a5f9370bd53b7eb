import Button from 'antd/es/button';
import { useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { clockText } from '../../shared/time.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { bySeat, type RoomLine, useRoomLines } from './place.ts';
import { texts } from './texts.ts';

const states = ['missing', 'problem', 'handed-in'] as const;
type State = (typeof states)[number];
const names = { missing: 'missing', problem: 'problem', 'handed-in': 'handedIn' } as const;

/** A seat tells what to say to the candidate first; the candidate's own screen has all of it. */
const shownProblems = 2;

function Seat({ line }: { line: RoomLine }) {
  const text = useTexts(texts);
  return (
    <li className={`seat seat-${line.state}`}>
      <div className="seat-head">
        <b>{text.seat(line.seat)}</b>
        <span className="seat-state">{text[names[line.state]]}</span>
      </div>
      <div className="seat-name">{line.name}</div>
      <div className="seat-more">
        <span className="mono">{line.ticket}</span> {line.paper}
      </div>
      {line.lastAt && (
        <div className="seat-more">
          {clockText(line.lastAt)} {line.attempts > 1 && text.attempts(line.attempts)}
        </div>
      )}
      {line.problems.slice(0, shownProblems).map(({ path, code, message }) => (
        <div key={`${path} ${code}`} className="seat-problem">
          {message}
        </div>
      ))}
      {line.problems.length > shownProblems && (
        <div className="seat-problem">{text.moreProblems(line.problems.length - shownProblems)}</div>
      )}
    </li>
  );
}

/** Every seat of a room: who has handed in, who has a problem, who is missing. */
export function HandIns({ exam, session, room }: { exam: string; session: string; room: string }) {
  const text = useTexts(texts);
  const [only, setOnly] = useState<State | null>(null);
  const query = useRoomLines(exam, session);
  if (query.isPending) return <Waiting />;
  if (!query.data) return <ProblemAlert error={query.error} retry={() => query.refetch()} />;
  const here = bySeat(query.data.pages.flatMap(({ items }) => items)).filter(
    (line) => !room || line.room === room,
  );
  const shown = only ? here.filter(({ state }) => state === only) : here;
  const rooms = [...new Set(shown.map((line) => line.room))];
  return (
    <>
      <div className="room-counts">
        {states.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={only === state}
            className={`room-count seat-${state}`}
            onClick={() => setOnly(only === state ? null : state)}
          >
            <b>{here.filter((line) => line.state === state).length}</b> {text[names[state]]}
          </button>
        ))}
        <span className={query.isError ? 'room-stale' : 'quiet'} role="status">
          {query.isError
            ? text.stale
            : text.refreshed(clockText(new Date(query.dataUpdatedAt).toISOString()))}
        </span>
      </div>
      {shown.length === 0 && <p className="waiting">{text.nobody}</p>}
      {rooms.map((name) => (
        <section key={name} aria-label={name}>
          <h2 className="room-name">{name}</h2>
          <ul className="seats">
            {shown
              .filter((line) => line.room === name)
              .map((line) => (
                <Seat key={line.ticket} line={line} />
              ))}
          </ul>
        </section>
      ))}
      {query.hasNextPage && <Button onClick={() => query.fetchNextPage()}>{text.more}</Button>}
    </>
  );
}
