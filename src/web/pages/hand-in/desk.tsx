import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import { useEffect } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { LanguageSwitch } from '../../frame/language-switch.tsx';
import { useTexts } from '../../language/language.tsx';
import seal from '../../seal.svg';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { Countdown, usePhase } from './countdown.tsx';
import { HandIn } from './hand-in.tsx';
import { History } from './history.tsx';
import { sittingOf } from './send/outbox.ts';
import { type Status, statusKey, useStatus } from './status.ts';
import { Task } from './task.tsx';
import type { Seated } from './terminal.ts';
import { texts } from './texts.ts';

interface Props {
  readonly seated: Seated;
  readonly onLeave: () => void;
  readonly onExpired: () => void;
}

/** A candidate's whole screen: task and 素材 on one side; clock, hand-in and own status on the other. */
export function Desk({ seated, onLeave, onExpired }: Props) {
  const text = useTexts(texts);
  const { token, candidate, paper } = seated;
  const query = useStatus(token, candidate.ticket);
  const expired = query.error instanceof ApiProblem && query.error.status === 401;
  useEffect(() => {
    if (expired) onExpired();
  }, [expired, onExpired]);
  return (
    <div className="frame">
      <header className="frame-head">
        <span className="frame-mark">
          <img src={seal} alt="" />
        </span>
        <h1 className="desk-title">{paper.title}</h1>
        <div className="frame-end">
          <span>
            <b>{candidate.name}</b> <span className="mono quiet">{candidate.ticket}</span>
          </span>
          <span className="quiet desk-seat">{text.seat(candidate.room, candidate.seat)}</span>
          <LanguageSwitch />
          <Popconfirm title={text.leaveSure} onConfirm={onLeave} placement="bottomRight">
            <Button size="small" type="text">
              {text.leave}
            </Button>
          </Popconfirm>
        </div>
      </header>
      {query.data ? (
        <Work seated={seated} status={query.data.status} offsetMs={query.data.offsetMs} onExpired={onExpired}>
          {query.isError && !expired && <ProblemAlert error={query.error} />}
        </Work>
      ) : query.isError && !expired ? (
        <ProblemAlert error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </div>
  );
}

interface WorkProps {
  readonly seated: Seated;
  readonly status: Status;
  readonly offsetMs: number;
  readonly onExpired: () => void;
  readonly children: React.ReactNode;
}

function Work({ seated, status, offsetMs, onExpired, children }: WorkProps) {
  const text = useTexts(texts);
  const client = useQueryClient();
  const { token, candidate } = seated;
  const { phase } = usePhase(status.session, offsetMs);
  return (
    <main className="desk">
      <section className="desk-task sheet" aria-label={text.task}>
        <Task token={token} ticket={candidate.ticket} started={phase !== 'before'} />
      </section>
      <div className="desk-side">
        <Countdown session={status.session} offsetMs={offsetMs} />
        {children}
        <section className="sheet desk-hand-in" aria-label={text.handIn}>
          <HandIn
            sitting={sittingOf(candidate.ticket, seated.paper.id, status.session.startsAt)}
            token={token}
            limits={status.limits}
            open={phase === 'running' || phase === 'grace'}
            onReceived={() => client.invalidateQueries({ queryKey: statusKey(candidate.ticket) })}
            onExpired={onExpired}
          />
        </section>
        <div className="sheet desk-history">
          <History status={status} />
        </div>
      </div>
    </main>
  );
}
