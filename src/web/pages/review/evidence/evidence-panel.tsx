import { useTexts } from '../../../language/language.tsx';
import { momentText } from '../../../shared/time.ts';
import { wordsOfCriterion } from '../criteria.ts';
import type { Evidence, Mark, RoomItem } from '../data.ts';
import { texts } from '../texts.ts';
import type { Drafts } from './draft.ts';
import { EvidenceList } from './evidence-list.tsx';
import { History } from './history.tsx';
import { type Given, MarkForm } from './mark-form.tsx';

interface Props {
  readonly candidate: string;
  readonly item: RoomItem;
  readonly drafts: Drafts;
  readonly onGive: (given: Given) => void;
  readonly onShow: (evidence: Evidence) => void;
  readonly canShow: (evidence: Evidence) => boolean;
}

/** A mark whose rule or work changed under it: it stands beside, it decides nothing. */
function Former({ mark }: { mark: Mark }) {
  const text = useTexts(texts);
  return (
    <div className="former">
      <b>{text.former}</b>
      <div>
        {mark.points ?? '—'} · {mark.by} · {momentText(mark.at)}
      </div>
      {mark.comment && <div className="quiet">{mark.comment}</div>}
    </div>
  );
}

/** Why the chosen item stands where it does, and the place to decide it. */
export function EvidencePanel(props: Props) {
  const { candidate, item, drafts, onGive, onShow, canShow } = props;
  const text = useTexts(texts);
  const { judged, state, hint, mark } = item;
  return (
    <section className="decide" aria-label={text.evidence}>
      <div className="decide-why">
        <p className="decide-criterion">{wordsOfCriterion(item.criterion.id)}</p>
        <h2>{judged.text}</h2>
        <div className="decide-state">
          <span className={`tag tag-${state}`}>{text[`state-${state}`]}</span>
          {judged.outcome && <span>{text[`outcome-${judged.outcome}`]}</span>}
          {judged.confidence !== null && judged.confidence < 1 && (
            <span className="quiet">{text.confidence(Math.round(judged.confidence * 100))}</span>
          )}
          <span className="decide-possible">{text.ofPossible(judged.possible)}</span>
        </div>
        {judged.reason && <p className="decide-reason">{judged.reason.text}</p>}
        {judged.excused && <p className="quiet">{text.excused}</p>}
        {hint && (
          <p className="decide-hint">
            <b>{text.hint}</b>　{hint}
          </p>
        )}
        {judged.evidence.length > 0 ? (
          <EvidenceList evidence={judged.evidence} onShow={onShow} canShow={canShow} />
        ) : (
          <p className="quiet">{text.noEvidence}</p>
        )}
        {mark && !mark.holds && <Former mark={mark} />}
        {mark && mark.revision > 1 && <History key={mark.id} candidate={candidate} item={judged.id} />}
      </div>
      {judged.by === 'process' ? (
        <p className="decide-process">{text.processOnly}</p>
      ) : (
        <MarkForm
          item={item}
          draft={drafts.of(item)}
          typed={drafts.isTyped(item)}
          onChange={(change) => drafts.change(item, change)}
          onGive={onGive}
        />
      )}
    </section>
  );
}
