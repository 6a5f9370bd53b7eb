import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answers } from '../../../api/answers-schema.ts';
import { randomId } from '../../../api/random-id.ts';
import { type Picked, sumOf } from '../pick/picked.ts';
import { Courier, type Delivered, type OnTheWay } from './courier.ts';
import { forget, keep, keepReceipt, type Outgoing, unfinished } from './outbox.ts';

/** Where a hand-in stands. `kept`: a copy is on this machine; `resumed`: it was found after a reload. */
export type Sending =
  | { readonly at: 'idle' }
  | (OnTheWay & { readonly kept: boolean; readonly resumed: boolean })
  | Extract<Delivered, { at: 'received' | 'refused' }>;

interface Wishes {
  readonly sitting: string;
  readonly token: string;
  readonly onReceived: () => void;
  /** The token is no longer taken; what is to be sent stays on this machine. */
  readonly onExpired: () => void;
}

/** A browser may keep nothing (private windows, full disks): then the page works without, and says so. */
async function tryToKeep(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    console.warn('this browser keeps nothing', error);
    return false;
  }
}

async function remember(sitting: string, answer: Answers['handedIn']): Promise<void> {
  await keepReceipt({ sitting, answer });
  await forget(sitting);
}

/** Hands in until there is a receipt: kept on this machine first, found again after a reload. */
export function useSending({ sitting, token, onReceived, onExpired }: Wishes) {
  const [state, setState] = useState<Sending>({ at: 'idle' });
  const courier = useRef<Courier | null>(null);
  const told = useRef({ onReceived, onExpired });
  told.current = { onReceived, onExpired };

  const deliver = useCallback(
    async (outgoing: Outgoing, about: { kept: boolean; resumed: boolean }): Promise<void> => {
      courier.current = new Courier(outgoing, token, (onTheWay) => setState({ ...onTheWay, ...about }));
      const delivered = await courier.current.deliver();
      if (delivered.at === 'stopped') return;
      if (delivered.at === 'expired') return told.current.onExpired();
      // A refused one would be refused again: only the candidate can change something.
      await tryToKeep(delivered.at === 'received' ? remember(sitting, delivered.answer) : forget(sitting));
      setState(delivered);
      if (delivered.at === 'received') told.current.onReceived();
    },
    [sitting, token],
  );

  useEffect(() => {
    let left = false;
    void tryToKeep(
      unfinished(sitting).then((outgoing) => {
        if (outgoing && !left) void deliver(outgoing, { kept: true, resumed: true });
      }),
    );
    return () => {
      left = true;
      courier.current?.stop();
    };
  }, [sitting, deliver]);

  const start = async (files: readonly Picked[]): Promise<void> => {
    const outgoing = { sitting, key: randomId(), files };
    const progress = { phase: 'sending', done: 0, total: sumOf(files) } as const;
    setState({ at: 'running', progress, kept: false, resumed: false });
    await deliver(outgoing, { kept: await tryToKeep(keep(outgoing)), resumed: false });
  };
  const giveUp = async (): Promise<void> => {
    courier.current?.stop();
    await tryToKeep(forget(sitting));
    setState({ at: 'idle' });
  };
  return {
    state,
    start,
    giveUp,
    retryNow: () => courier.current?.retryNow(),
    reset: () => setState({ at: 'idle' }),
  };
}
