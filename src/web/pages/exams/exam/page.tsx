import { useQuery } from '@tanstack/react-query';
import Segmented from 'antd/es/segmented';
import { Link, useParams, useSearchParams } from 'react-router';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { texts } from '../texts.ts';
import { Candidates } from './candidates.tsx';
import { Overview } from './overview.tsx';
import { Results } from './results.tsx';
import { StateButton } from './state-button.tsx';
import '../exams.css';

const views = ['overview', 'candidates', 'results'] as const;
type View = (typeof views)[number];

/** One exam: its sessions and papers, its candidates, their results. */
export function Component() {
  const text = useTexts(texts);
  const { exam: id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const view = views.find((name) => name === search.get('view')) ?? 'overview';
  const exam = useQuery({
    queryKey: ['exams', id],
    queryFn: ({ signal }) => call('exam', `/exams/${id}`, { signal }),
  });
  if (exam.isError) return <ProblemAlert error={exam.error} retry={() => exam.refetch()} />;
  if (!exam.data) return <Waiting />;
  const { name, state } = exam.data;
  return (
    <div className="page">
      <p className="quiet">
        <Link to="/exams">‹ {text.back}</Link>
      </p>
      <div className="page-head">
        <h1>
          {name} <span className={`state state-${state}`}>{text[`state-${state}`]}</span>
        </h1>
        <StateButton exam={id} state={state} />
      </div>
      <Segmented<View>
        className="exam-tabs"
        value={view}
        onChange={(value) => setSearch({ view: value })}
        options={views.map((value) => ({ value, label: text[value] }))}
      />
      {view === 'overview' && <Overview exam={exam.data} />}
      {view === 'candidates' && <Candidates exam={id} />}
      {view === 'results' && <Results exam={exam.data} />}
    </div>
  );
}
