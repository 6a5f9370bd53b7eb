import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { HandIns } from './hand-ins.tsx';
import { type Place, usePlace, useRoomLines } from './place.ts';
import { Process } from './process.tsx';
import { texts } from './texts.ts';
import './rooms.css';

function Choices({ place, exam }: { place: Place; exam: string }) {
  const text = useTexts(texts);
  const lines = useRoomLines(exam, place.session);
  const rooms = [
    ...new Set(lines.data?.pages.flatMap(({ items }) => items.map(({ room }) => room)) ?? []),
  ].sort();
  const all = { value: '', label: text.all };
  return (
    <div className="room-choices">
      <Select
        aria-label={text.exam}
        value={exam}
        onChange={(value) => place.choose('exam', value)}
        options={place.exams.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        aria-label={text.session}
        value={place.session}
        onChange={(value) => place.choose('session', value)}
        options={[
          { ...all, label: `${text.session}：${text.all}` },
          ...place.sessions.map(({ name }) => ({ value: name, label: name })),
        ]}
      />
      <Select
        aria-label={text.room}
        value={place.room}
        onChange={(value) => place.choose('room', value)}
        options={[
          { ...all, label: `${text.room}：${text.all}` },
          ...rooms.map((room) => ({ value: room, label: room })),
        ]}
      />
    </div>
  );
}

/** The invigilator's page, made for a phone in one hand as much as for a desk. */
export function Component() {
  const text = useTexts(texts);
  const place = usePlace();
  const [search, setSearch] = useSearchParams();
  const view = search.get('view') === 'process' ? 'process' : 'hand-ins';
  if (place.error) return <ProblemAlert error={place.error} />;
  if (place.isLoading) return <Waiting />;
  const { id, session, room } = place;
  if (id === null) return <p className="waiting">{text.noExam}</p>;
  return (
    <div className="page rooms">
      <div className="page-head">
        <h1>{text.title}</h1>
        <Segmented
          value={view}
          onChange={(value) =>
            setSearch((present) => {
              const changed = new URLSearchParams(present);
              changed.set('view', value);
              return changed;
            })
          }
          options={[
            { value: 'hand-ins', label: text.handIns },
            { value: 'process', label: text.process },
          ]}
        />
      </div>
      <Choices place={place} exam={id} />
      {view === 'process' ? (
        <Process exam={id} session={session} room={room} />
      ) : (
        <HandIns exam={id} session={session} room={room} />
      )}
    </div>
  );
}
