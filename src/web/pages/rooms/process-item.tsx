import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useRef, useState } from 'react';
import type { Answers } from '../../api/answers-schema.ts';
import { call } from '../../api/client.ts';
import { ApiProblem, isPassing } from '../../api/problem.ts';
import { useTexts } from '../../language/language.tsx';
import { isAllowed, readPoints } from '../../shared/points.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { type ProcessLine, processKey } from './place.ts';
import { texts } from './texts.ts';

type Item = ProcessLine['items'][number];

interface Props {
  readonly exam: string;
  readonly candidate: string;
  readonly item: Item;
}

/** One process mark: points typed or tapped, saved at once. */
export function ProcessItem({ exam, candidate, item }: Props) {
  const text = useTexts(texts);
  const client = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  /** Enter saves, and so does leaving the field: the same points are sent once. */
  const sent = useRef<number | null>(null);
  const save = useMutation({
    mutationFn: (points: number) =>
      call('processMarked', `/exams/${exam}/process/${candidate}/${encodeURIComponent(item.item)}`, {
        method: 'PUT',
        body: { points, comment: item.comment, seen: item.mark },
      }),
    // The cable of a phone comes and goes: what was typed is sent when it is back.
    retry: (_failures, error) => isPassing(error),
    retryDelay: 2000,
    onSuccess: () => setTyped(null),
    onError: () => {
      sent.current = null;
    },
    onSettled: () => client.invalidateQueries({ queryKey: processKey(exam) }),
  });
  const shown = typed ?? (item.points === null ? '' : String(item.points));
  const points = readPoints(shown);
  const wrong = typed !== null && typed !== '' && (points === null || !isAllowed(item.allowed, points, null));
  const give = (value: number | null): void => {
    if (value === null || value === item.points || value === sent.current) return;
    sent.current = value;
    save.mutate(value);
  };
  const giveTyped = (): void => {
    if (!wrong) give(points);
  };
  const overtaken = save.error instanceof ApiProblem && save.error.code === 'changed-meanwhile';
  const current = overtaken
    ? ((save.error as ApiProblem).body as Pick<Answers['changedMeanwhile'], 'current'>).current
    : null;
  return (
    <div className={`process-item ${item.points === null && typed === null ? 'process-open' : ''}`}>
      <span className="process-words">
        {item.text}
        <span className="quiet">
          {text.points(item.allowed.possible)} · {item.by ? text.by(item.by) : text.notMarked}
        </span>
      </span>
      <Input
        className="process-points"
        aria-label={item.text}
        inputMode="decimal"
        value={shown}
        status={wrong ? 'error' : ''}
        aria-invalid={wrong}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={giveTyped}
        onPressEnter={giveTyped}
      />
      <Button
        aria-label={`${item.text} ${item.allowed.possible}`}
        onClick={() => {
          setTyped(null);
          give(item.allowed.possible);
        }}
      >
        {item.allowed.possible}
      </Button>
      <span className="process-state" role="status">
        {save.isPending ? '…' : item.points === null ? '' : '✓'}
      </span>
      {overtaken ? (
        <p className="process-problem" role="alert">
          {text.overtaken(current?.by ?? '', String(current?.points ?? '—'))}
        </p>
      ) : (
        save.isError && <ProblemAlert error={save.error} />
      )}
    </div>
  );
}
