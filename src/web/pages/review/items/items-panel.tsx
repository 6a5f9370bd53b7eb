import Button from 'antd/es/button';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../../language/language.tsx';
import { wordsOfCriterion } from '../criteria.ts';
import type { RoomItem } from '../data.ts';
import { texts } from '../texts.ts';

interface Props {
  readonly items: readonly RoomItem[];
  readonly chosen: string | null;
  readonly onChoose: (item: string) => void;
  readonly onAcceptAll: (criterion: string) => void;
}

const number = (points: number | null): string => (points === null ? '–' : String(points));

function ItemLine({ item, chosen, onChoose }: { item: RoomItem; chosen: boolean; onChoose: () => void }) {
  const text = useTexts(texts);
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { judged, state, points, doubt, pending, mark } = item;
  const reopened = mark !== null && !mark.holds && !pending;
  return (
    <button
      ref={line}
      type="button"
      className={`item item-${state} ${chosen ? 'item-chosen' : ''}`}
      aria-current={chosen}
      data-item={judged.id}
      onClick={onChoose}
    >
      <span className="item-dot" aria-hidden />
      <span className="item-words">
        {judged.text}
        <span className="item-state">
          {text[`state-${state}`]}
          {mark?.holds && mark.points !== null && !pending && ` · ${text.marked(mark.by)}`}
        </span>
      </span>
      <span className="item-points">
        <b>{number(points)}</b>/{judged.possible}
        {doubt && <span className="tag tag-doubt">{text.doubt}</span>}
        {pending && <span className="tag">{text.pendingSave}</span>}
        {reopened && <span className="tag tag-doubt">{text.reopened}</span>}
      </span>
    </button>
  );
}

/** Criteria with their items: where each stands, what it is worth so far. */
export function ItemsPanel({ items, chosen, onChoose, onAcceptAll }: Props) {
  const text = useTexts(texts);
  const groups = [...new Set(items.map(({ criterion }) => criterion))];
  return (
    <nav className="items" aria-label={text.criteria}>
      {groups.map((criterion) => {
        const mine = items.filter((item) => item.criterion.id === criterion.id);
        const suggested = mine.filter(({ state, pending }) => state === 'suggested' && !pending);
        return (
          <section key={criterion.id} className="criterion">
            <header>
              <span className="criterion-words" title={wordsOfCriterion(criterion.id)}>
                <b>{criterion.id}</b> {wordsOfCriterion(criterion.id)}
              </span>
              <span className="criterion-points">
                {number(Number((criterion.settled + criterion.suggested).toFixed(2)))}/{criterion.possible}
              </span>
            </header>
            {suggested.length > 0 && (
              <Button
                size="small"
                block
                className="criterion-accept"
                onClick={() => onAcceptAll(criterion.id)}
              >
                {text.acceptAll} ({suggested.length})
              </Button>
            )}
            {mine.map((item) => (
              <ItemLine
                key={item.judged.id}
                item={item}
                chosen={item.judged.id === chosen}
                onChoose={() => onChoose(item.judged.id)}
              />
            ))}
          </section>
        );
      })}
    </nav>
  );
}
