import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { mergeMarked, reviewKey } from '../data.ts';
import { MarkQueue } from './mark-queue.ts';

/** One queue per account and window; it goes on while other submissions are opened. */
const queues = new Map<string, MarkQueue>();

/** The queue of the signed-in account, and what waits in it. */
export function useMarks(account: string) {
  const client = useQueryClient();
  const queue = useMemo(() => {
    const present =
      queues.get(account) ??
      new MarkQueue(account, (candidate, marked) => {
        if (marked) mergeMarked(client, candidate, marked);
        else void client.invalidateQueries({ queryKey: reviewKey(candidate) });
      });
    queues.set(account, present);
    return present;
  }, [account, client]);
  useEffect(() => {
    queue.wake();
    window.addEventListener('online', queue.wake);
    return () => window.removeEventListener('online', queue.wake);
  }, [queue]);
  return { queue, state: useSyncExternalStore(queue.subscribe, queue.state) };
}
