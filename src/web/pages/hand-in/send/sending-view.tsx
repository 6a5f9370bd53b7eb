import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Progress from 'antd/es/progress';
import { useEffect, useState } from 'react';
import { useTexts } from '../../../language/language.tsx';
import { sizeText } from '../../../shared/size.ts';
import { texts } from '../texts.ts';
import type { Sending } from './sending.ts';

interface Props {
  readonly state: Extract<Sending, { at: 'running' | 'cut' }>;
  readonly onRetry: () => void;
  readonly onGiveUp: () => void;
}

function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((moment - now) / 1000));
}

function Cut({ state, onRetry }: { state: Extract<Sending, { at: 'cut' }>; onRetry: () => void }) {
  const text = useTexts(texts);
  const seconds = useSecondsUntil(state.retryAt);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={text.cut(seconds)}
      action={
        <Button size="small" onClick={onRetry}>
          {text.retryNow}
        </Button>
      }
    />
  );
}

/** A hand-in on its way: how far it is, what happens when the cable is cut, and the way back. */
export function SendingView({ state, onRetry, onGiveUp }: Props) {
  const text = useTexts(texts);
  const words = { hashing: text.hashing, sending: text.sending, finishing: text.finishing };
  return (
    <div className="sending">
      {state.at === 'running' && state.resumed && <Alert type="info" showIcon title={text.resumed} />}
      {state.at === 'running' && (
        <div role="status">
          <div className="sending-words">
            <b>{words[state.progress.phase]}</b>
            <span className="quiet">
              {sizeText(state.progress.done)} / {sizeText(state.progress.total)}
            </span>
          </div>
          <Progress
            percent={Math.floor((100 * state.progress.done) / Math.max(1, state.progress.total))}
            status="active"
            aria-label={words[state.progress.phase]}
          />
        </div>
      )}
      {state.at === 'cut' && <Cut state={state} onRetry={onRetry} />}
      <p className="quiet">{state.kept ? text.kept : text.notKept}</p>
      <Button onClick={onGiveUp}>{text.giveUp}</Button>
    </div>
  );
}
