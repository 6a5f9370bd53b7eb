import Button from 'antd/es/button';
import { Link } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import type { Review } from './data.ts';
import { LineState } from './marks/line-state.tsx';
import type { QueueState } from './marks/mark-queue.ts';
import { texts } from './texts.ts';

interface Props {
  readonly review: Review;
  readonly queue: QueueState;
  readonly busy: boolean;
  readonly onTake: () => void;
  readonly onGiveBack: () => void;
  readonly onTask: () => void;
  readonly onNext: () => void;
  readonly onHelp: () => void;
}

/** Points as a sum reads: two decimals at most. */
const tidy = (points: number): number => Number(points.toFixed(2));

function Totals({ review }: { review: Review }) {
  const text = useTexts(texts);
  const { settled, suggested, pending, awarded, possible } = review.breakdown.total;
  if (awarded !== null) {
    return (
      <span className="totals">
        {text.awarded} <b className="totals-awarded">{awarded}</b> / {possible}
      </span>
    );
  }
  return (
    <span className="totals">
      {text.settled} <b>{settled}</b>
      <i>{text.suggested}</i> <b>{suggested}</b>
      <i>{text.open}</i> <b>{tidy(pending.examiner + pending.process + pending.unknown)}</b>
    </span>
  );
}

export function RoomHead({ review, queue, busy, onTake, onGiveBack, onTask, onNext, onHelp }: Props) {
  const text = useTexts(texts);
  const { lease } = review;
  return (
    <header className="room-head">
      <Link to="/review" className="room-back">
        ‹ {text.back}
      </Link>
      <h1>
        {text.blind(review.blindNumber)}　<span className="quiet">{review.paper}</span>
      </h1>
      <Totals review={review} />
      <span className="room-open">
        {review.itemsOpen > 0 ? text.itemsOpen(review.itemsOpen) : text.allDone}
      </span>
      <span className="room-space" />
      <LineState state={queue} />
      {lease && (
        <span className={lease.mine ? 'tag' : 'tag tag-doubt'}>
          {lease.mine ? text.leaseMine : text.leaseOther}
        </span>
      )}
      {!lease && (
        <Button size="small" onClick={onTake}>
          {text.take}
        </Button>
      )}
      {lease?.mine && (
        <Button size="small" type="text" onClick={onGiveBack}>
          {text.giveBack}
        </Button>
      )}
      <Button size="small" onClick={onTask}>
        {text.task}
      </Button>
      <Button size="small" aria-label={text.help} title={text.help} onClick={onHelp}>
        ?
      </Button>
      <Button size="small" type="primary" loading={busy} onClick={onNext}>
        {text.next}
      </Button>
    </header>
  );
}
