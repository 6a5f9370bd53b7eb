import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import type { KeyboardEvent } from 'react';
import { useTexts } from '../../../language/language.tsx';
import { isAllowed, readPoints, stepped } from '../../../shared/points.ts';
import type { RoomItem } from '../data.ts';
import { texts } from '../texts.ts';
import type { Draft } from './draft.ts';

export interface Given {
  readonly points: number | null;
  readonly doubt: boolean;
  readonly comment: string;
  readonly seen: string | null;
}

interface Props {
  readonly item: RoomItem;
  readonly draft: Draft;
  readonly typed: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onGive: (given: Given) => void;
}

/** Ids of the two fields, so that keys can reach them from anywhere in the room. */
export const pointsFieldId = 'mark-points';
export const commentFieldId = 'mark-comment';

/** What saving would send; null when nothing that may be given is typed. */
export function givenBy(item: RoomItem, draft: Draft): Given | null {
  const typed = draft.points.trim() === '' ? item.judged.proposed : readPoints(draft.points);
  if (typed === null || !isAllowed(item.allowed, typed, item.judged.proposed)) return null;
  return { points: typed, doubt: draft.doubt, comment: draft.comment.trim(), seen: draft.seen };
}

/** Points, comment and 疑问 of one item. */
export function MarkForm({ item, draft, typed, onChange, onGive }: Props) {
  const text = useTexts(texts);
  const { allowed, judged, mark } = item;
  const { possible, step } = allowed;
  const given = givenBy(item, draft);
  const wrong = draft.points.trim() !== '' && given === null;
  const rule = `${(wrong ? text.notAllowed : text.allowed)(step, possible)}${
    judged.proposed === null ? '' : text.orProposed(judged.proposed)
  }`;
  const save = (): void => {
    if (given) onGive(given);
  };
  const move = (direction: 1 | -1): void => {
    const from = readPoints(draft.points) ?? judged.proposed ?? 0;
    onChange({ points: String(stepped(allowed, from, direction)) });
  };
  const pointsKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      move(event.key === 'ArrowUp' ? 1 : -1);
    } else if (event.key === 'Enter') save();
    else if (event.key === 'Escape') event.currentTarget.blur();
  };
  const commentKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Escape') event.currentTarget.blur();
  };
  const overtaken = typed && draft.seen !== (mark?.id ?? null) && !item.pending;
  return (
    <form
      className="mark"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="mark-points">
        <label htmlFor={pointsFieldId}>{text.points}</label>
        <Button aria-label={text.less} onClick={() => move(-1)}>
          −
        </Button>
        <Input
          id={pointsFieldId}
          size="large"
          inputMode="decimal"
          autoComplete="off"
          value={draft.points}
          placeholder={judged.proposed === null ? '' : String(judged.proposed)}
          status={wrong ? 'error' : ''}
          aria-invalid={wrong}
          aria-describedby="mark-rule"
          onChange={(event) => onChange({ points: event.target.value })}
          onKeyDown={pointsKey}
        />
        <Button aria-label={text.more} onClick={() => move(1)}>
          ＋
        </Button>
        <Button onClick={() => onChange({ points: '0' })}>{text.zero}</Button>
        <Button onClick={() => onChange({ points: String(possible) })}>{text.full}</Button>
      </div>
      <div
        id="mark-rule"
        className={wrong ? 'mark-rule mark-wrong' : 'mark-rule'}
        role={wrong ? 'alert' : undefined}
      >
        {rule}
      </div>
      <Input.TextArea
        id={commentFieldId}
        aria-label={text.comment}
        placeholder={text.emptyComment}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={2000}
        value={draft.comment}
        onChange={(event) => onChange({ comment: event.target.value })}
        onKeyDown={commentKey}
      />
      {overtaken && (
        <div className="mark-rule mark-wrong" role="status">
          {text.changedHere}
        </div>
      )}
      <div className="mark-buttons">
        <Checkbox checked={draft.doubt} onChange={(event) => onChange({ doubt: event.target.checked })}>
          {text.markDoubt}
        </Checkbox>
        <span className="mark-space" />
        {mark?.holds && mark.points !== null && (
          <Button
            type="text"
            onClick={() => onGive({ points: null, doubt: false, comment: '', seen: draft.seen })}
          >
            {text.takeBack}
          </Button>
        )}
        <Button type="primary" htmlType="submit" disabled={given === null}>
          {draft.points.trim() === '' && judged.proposed !== null ? text.accept(judged.proposed) : text.save}
        </Button>
      </div>
    </form>
  );
}
