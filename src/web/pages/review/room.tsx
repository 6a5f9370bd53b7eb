import Drawer from 'antd/es/drawer';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { TaskText } from '../../shared/markdown.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { type Evidence, isOpen, type Review, type RoomItem, roomItems } from './data.ts';
import { useDrafts } from './evidence/draft.ts';
import { EvidencePanel } from './evidence/evidence-panel.tsx';
import { commentFieldId, type Given, givenBy, pointsFieldId } from './evidence/mark-form.tsx';
import { Help } from './help.tsx';
import { ItemsPanel } from './items/items-panel.tsx';
import { type Command, useKeys } from './keys.ts';
import { useLease, useNext } from './lease.ts';
import { useAcceptAll } from './marks/accept.ts';
import { ConflictDialog } from './marks/conflict-dialog.tsx';
import { Refusals } from './marks/refusals.tsx';
import { useMarks } from './marks/use-marks.ts';
import { RoomHead } from './room-head.tsx';
import { fileOf } from './work/focus.ts';
import { type PageSide, WorkPanel } from './work/work-panel.tsx';

/** The item after this one that is still to be marked, going round; null when there is none. */
function openAfter(items: readonly RoomItem[], from: string | null): RoomItem | null {
  const at = items.findIndex(({ judged }) => judged.id === from);
  const round = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))];
  return round.find(isOpen) ?? null;
}

/** Goes to a field, behind what stands in it already. */
function focusField(id: string): void {
  const field = document.getElementById(id);
  field?.focus();
  if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
}

/** One screen to mark one submission: items, work, evidence. */
export function Room({ review, account }: { review: Review; account: string }) {
  const navigate = useNavigate();
  const { queue, state } = useMarks(account);
  const candidate = review.candidateId;
  const pending = useMemo(
    () => new Map(state.pending.filter((one) => one.candidate === candidate).map((one) => [one.item, one])),
    [state.pending, candidate],
  );
  const items = useMemo(() => roomItems(review, pending), [review, pending]);
  const [chosen, setChosen] = useState<string | null>(
    () => (items.find(isOpen) ?? items[0])?.judged.id ?? null,
  );
  const item = items.find(({ judged }) => judged.id === chosen) ?? null;
  const [position, setPosition] = useState<number>(
    () => (item && fileOf(item, review.files)?.position) ?? review.files[0]?.position ?? 0,
  );
  const file = review.files.find((one) => one.position === position) ?? null;
  const [side, setSide] = useState<PageSide>('rendered');
  const [dialog, setDialog] = useState<'task' | 'help' | null>(null);
  const drafts = useDrafts(candidate);
  const { take, giveBack } = useLease(review);
  const next = useNext();
  const accept = useAcceptAll(candidate, account, queue);
  const [conflict] = state.conflicts;

  const choose = (id: string): void => {
    setChosen(id);
    const target = items.find(({ judged }) => judged.id === id);
    const about = target && fileOf(target, review.files);
    if (about) setPosition(about.position);
  };
  const show = (evidence: Evidence): void => {
    const about = review.files.find(({ path }) => path === evidence.path);
    if (!about) return;
    setPosition(about.position);
    if (evidence.kind === 'dom-span') setSide('sourceCode');
  };
  const give = (given: Given): void => {
    if (!item) return;
    queue.put({ candidate, item: item.judged.id, text: item.judged.text, ...given });
    drafts.drop(item.judged.id);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const after = given.points === null ? null : openAfter(items, item.judged.id);
    if (after) choose(after.judged.id);
  };
  const acceptAll = (criterion: string): void => {
    const suggested = items.filter(
      (one) => one.criterion.id === criterion && one.state === 'suggested' && !one.pending,
    );
    if (suggested.length > 0) accept.mutate({ criterion, items: suggested });
  };
  const move = (by: 1 | -1): void => {
    const at = items.findIndex(({ judged }) => judged.id === chosen);
    const target = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (target) choose(target.judged.id);
  };
  const moveFile = (by: 1 | -1): void => {
    const at = review.files.findIndex((one) => one.position === position);
    const target = review.files[(at + by + review.files.length) % Math.max(1, review.files.length)];
    if (target) setPosition(target.position);
  };
  const mayMark = item !== null && item.judged.by !== 'process';
  const giveTyped = (): void => {
    if (!item || !mayMark) return;
    const given = givenBy(item, drafts.of(item));
    if (given) give(given);
    else focusField(pointsFieldId);
  };
  const changeDraft = (change: Parameters<typeof drafts.change>[1]): void => {
    if (item && mayMark) drafts.change(item, change);
  };
  const goOn = (): void => next.mutate({ exam: review.exam, after: candidate });
  const does: Record<Command, (key: string) => void> = {
    down: () => move(1),
    up: () => move(-1),
    nextOpen: () => {
      const after = openAfter(items, chosen);
      if (after) choose(after.judged.id);
    },
    give: giveTyped,
    acceptAll: () => item && acceptAll(item.criterion.id),
    type: (key) => {
      changeDraft({ points: key });
      focusField(pointsFieldId);
    },
    full: () => item && changeDraft({ points: String(item.allowed.possible) }),
    comment: () => focusField(commentFieldId),
    doubt: () => item && changeDraft({ doubt: !drafts.of(item).doubt }),
    takeBack: () => {
      if (item?.mark?.holds && item.mark.points !== null)
        give({ points: null, doubt: false, comment: '', seen: drafts.of(item).seen });
    },
    fileBefore: () => moveFile(-1),
    fileAfter: () => moveFile(1),
    side: () => setSide((present) => (present === 'rendered' ? 'sourceCode' : 'rendered')),
    task: () => setDialog('task'),
    next: goOn,
    list: () => void navigate('/review'),
    help: () => setDialog('help'),
  };
  useKeys((command, key) => does[command](key), dialog === null && !conflict);

  return (
    <div className="room">
      <RoomHead
        review={review}
        queue={state}
        busy={next.isPending}
        onTake={() => take.mutate(candidate)}
        onGiveBack={() => giveBack.mutate(candidate)}
        onTask={() => setDialog('task')}
        onNext={goOn}
        onHelp={() => setDialog('help')}
      />
      {[next.error, take.error, giveBack.error]
        .filter((error) => error !== null)
        .map((error) => (
          <ProblemAlert key={error.message} error={error} />
        ))}
      <Refusals refusals={state.refusals} queue={queue} />
      <div className="room-columns">
        <ItemsPanel items={items} chosen={chosen} onChoose={choose} onAcceptAll={acceptAll} />
        <WorkPanel
          review={review}
          items={items}
          item={item}
          file={file}
          side={side}
          onFile={setPosition}
          onSide={setSide}
          onChoose={choose}
        />
        {item && (
          <EvidencePanel
            key={item.judged.id}
            candidate={candidate}
            item={item}
            drafts={drafts}
            onGive={give}
            onShow={show}
            canShow={({ path }) => review.files.some((one) => one.path === path)}
          />
        )}
      </div>
      <Drawer open={dialog === 'task'} onClose={() => setDialog(null)} title={review.paperTitle} size={720}>
        <TaskText markdown={review.task} />
      </Drawer>
      <Help open={dialog === 'help'} onClose={() => setDialog(null)} />
      {conflict && <ConflictDialog key={conflict.mine.item} conflict={conflict} queue={queue} />}
    </div>
  );
}
