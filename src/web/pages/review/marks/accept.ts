import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../../../api/answers-schema.ts';
import { call } from '../../../api/client.ts';
import { ApiProblem, isPassing } from '../../../api/problem.ts';
import { mergeMarked, type RoomItem, submissionAddress } from '../data.ts';
import type { MarkQueue } from './mark-queue.ts';
import type { PendingMark } from './pending.ts';

/** The mark that accepting an item gives. */
const acceptance = (candidate: string, { judged, mark }: RoomItem): Omit<PendingMark, 'account'> => ({
  candidate,
  item: judged.id,
  text: judged.text,
  points: judged.proposed,
  doubt: false,
  comment: '',
  seen: mark?.id ?? null,
});

/** Accepts several suggestions at once: all of them, or none and the ones that somebody else marked side by side. */
export function useAcceptAll(candidate: string, account: string, queue: MarkQueue) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ criterion, items }: { criterion: string; items: readonly RoomItem[] }) =>
      call('marked', `${submissionAddress(candidate)}/criteria/${criterion}/accept`, {
        method: 'POST',
        body: { items: items.map(({ judged, mark }) => ({ item: judged.id, seen: mark?.id ?? null })) },
      }),
    onSuccess: (marked) => mergeMarked(client, candidate, marked),
    onError: (error, { items }) => {
      const given = items.map((item) => acceptance(candidate, item));
      if (isPassing(error)) for (const mark of given) queue.put(mark);
      if (!(error instanceof ApiProblem && error.code === 'changed-meanwhile')) return;
      const { conflicts } = error.body as Pick<Answers['changedMeanwhile'], 'conflicts'>;
      const overtaken = new Map(conflicts.map(({ item, current }) => [item, current]));
      queue.disagree(
        given.flatMap((mark) => {
          const current = overtaken.get(mark.item);
          return current === undefined ? [] : [{ mine: { ...mark, account }, current }];
        }),
      );
      for (const mark of given) if (!overtaken.has(mark.item)) queue.put(mark);
    },
  });
}
