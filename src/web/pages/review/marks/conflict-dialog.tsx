import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useTexts } from '../../../language/language.tsx';
import { momentText } from '../../../shared/time.ts';
import { texts } from '../texts.ts';
import type { Conflict, MarkQueue } from './mark-queue.ts';

interface Side {
  readonly title: string;
  readonly points: number | null;
  readonly doubt: boolean;
  readonly comment: string;
  readonly at?: string;
}

function SideView({ title, points, doubt, comment, at }: Side) {
  const text = useTexts(texts);
  return (
    <section className="conflict-side" aria-label={title}>
      <h3>{title}</h3>
      <div className="conflict-points">{points ?? '—'}</div>
      {points === null && <div className="quiet">{text.nobody}</div>}
      {doubt && <div className="tag tag-doubt">{text.doubt}</div>}
      <p className={comment ? '' : 'quiet'}>{comment || text.noComment}</p>
      {at && <div className="quiet">{momentText(at)}</div>}
    </section>
  );
}

/** Both marks of an item side by side; the one who was overtaken decides. */
export function ConflictDialog({ conflict, queue }: { conflict: Conflict; queue: MarkQueue }) {
  const text = useTexts(texts);
  const { mine, current } = conflict;
  return (
    <Modal
      open
      centered
      width={640}
      closable={false}
      keyboard={false}
      title={text.conflictTitle}
      footer={[
        <Button key="theirs" autoFocus onClick={() => queue.settle(conflict, 'theirs')}>
          {text.useTheirs}
        </Button>,
        <Button key="mine" type="primary" onClick={() => queue.settle(conflict, 'mine')}>
          {text.useYours}
        </Button>,
      ]}
    >
      <p>
        <b>{mine.text}</b>
      </p>
      <p className="quiet">{text.conflictNote}</p>
      <div className="conflict">
        <SideView title={text.yours} points={mine.points} doubt={mine.doubt} comment={mine.comment} />
        <SideView
          title={current ? `${text.newest} · ${current.by}` : text.newest}
          points={current?.points ?? null}
          doubt={current?.doubt ?? false}
          comment={current?.comment ?? ''}
          {...(current && { at: current.at })}
        />
      </div>
    </Modal>
  );
}
