import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { sizeText } from '../../shared/size.ts';
import { DropZone } from './pick/drop-zone.tsx';
import { FileList } from './pick/file-list.tsx';
import { merge, type Picked, problemsOf, sumOf } from './pick/picked.ts';
import { Receipt } from './receipt.tsx';
import { receiptOf } from './send/outbox.ts';
import { useSending } from './send/sending.ts';
import { SendingView } from './send/sending-view.tsx';
import type { Status } from './status.ts';
import { texts } from './texts.ts';

interface Props {
  readonly sitting: string;
  readonly token: string;
  readonly limits: Status['limits'];
  /** False before the start and after the grace: nothing can be handed in. */
  readonly open: boolean;
  readonly onReceived: () => void;
  readonly onExpired: () => void;
}

/** Files chosen so far, what is wrong with them, and the button. */
function Choosing({
  limits,
  onSend,
}: {
  limits: Status['limits'];
  onSend: (picked: readonly Picked[]) => void;
}) {
  const text = useTexts(texts);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [error, setError] = useState<unknown>(null);
  const sum = sumOf(picked);
  const problems = problemsOf(picked, limits);
  const tooLarge = sum > limits.submissionBytes;
  const tooMany = picked.length > limits.files;
  const refused = tooLarge || tooMany || [...problems.values()].includes('tooLarge');
  return (
    <>
      <DropZone
        small={picked.length > 0}
        onPicked={(added) => {
          setError(null);
          setPicked((present) => merge(present, added));
        }}
        onError={setError}
      />
      {error !== null && <ProblemAlert error={error} />}
      {picked.length > 0 && (
        <>
          <div className="files-head">
            <span>{text.files(picked.length, sizeText(sum))}</span>
            <Button size="small" type="text" onClick={() => setPicked([])}>
              {text.clear}
            </Button>
          </div>
          <FileList
            picked={picked}
            limits={limits}
            onRemove={(path) => setPicked((present) => present.filter((one) => one.path !== path))}
          />
          {tooLarge && <Alert type="error" title={text.sumTooLarge(sizeText(limits.submissionBytes))} />}
          {tooMany && <Alert type="error" title={text.tooMany(limits.files)} />}
          <Button block size="large" type="primary" disabled={refused} onClick={() => onSend(picked)}>
            {problems.size > 0 ? text.sendAnyway : text.send}
          </Button>
        </>
      )}
    </>
  );
}

/** From choosing files to the receipt. */
export function HandIn({ sitting, token, limits, open, onReceived, onExpired }: Props) {
  const text = useTexts(texts);
  const { state, start, giveUp, retryNow, reset } = useSending({ sitting, token, onReceived, onExpired });
  const former = useFormerReceipt(sitting);
  if (state.at === 'running' || state.at === 'cut')
    return <SendingView state={state} onRetry={retryNow} onGiveUp={() => void giveUp()} />;
  if (state.at === 'refused') {
    return (
      <>
        <h2>{text.refused}</h2>
        <ProblemAlert error={state.error} />
        <Button onClick={reset}>{text.again}</Button>
      </>
    );
  }
  const answer = state.at === 'received' ? state.answer : former.answer;
  if (answer) {
    const another = (): void => {
      former.dismiss();
      reset();
    };
    return <Receipt answer={answer} onAnother={open ? another : null} />;
  }
  return open ? <Choosing limits={limits} onSend={(picked) => void start(picked)} /> : null;
}

/** The receipt that was on the screen before a reload. */
function useFormerReceipt(sitting: string) {
  const [answer, setAnswer] = useState<Parameters<typeof Receipt>[0]['answer'] | null>(null);
  useEffect(() => {
    receiptOf(sitting)
      .then((kept) => setAnswer(kept?.answer ?? null))
      .catch((error: unknown) => console.warn('no database in this browser', error));
  }, [sitting]);
  return { answer, dismiss: () => setAnswer(null) };
}
