import { useEffect, useState } from 'react';
import type { RoomItem } from '../data.ts';

/** What is being typed for an item, and the mark that was on the screen when the typing began. */
export interface Draft {
  readonly points: string;
  readonly doubt: boolean;
  readonly comment: string;
  readonly seen: string | null;
}

function draftOf({ pending, mark }: RoomItem): Draft {
  const given = pending ?? (mark?.holds ? mark : null);
  return {
    points: given?.points === null || given === null ? '' : String(given.points),
    doubt: given?.doubt ?? false,
    comment: given?.comment ?? '',
    seen: pending ? pending.seen : (mark?.id ?? null),
  };
}

type Typed = ReadonlyMap<string, Draft>;

const nameOf = (candidate: string): string => `kaoping.drafts/${candidate}`;
const restore = (candidate: string): Typed =>
  new Map(JSON.parse(sessionStorage.getItem(nameOf(candidate)) ?? '[]') as [string, Draft][]);

/** Drafts of all items of a submission: another item, another submission or a reload loses nothing that was typed. */
export function useDrafts(candidate: string) {
  const [drafts, setDrafts] = useState<Typed>(() => restore(candidate));
  useEffect(() => {
    if (drafts.size > 0) sessionStorage.setItem(nameOf(candidate), JSON.stringify([...drafts]));
    else sessionStorage.removeItem(nameOf(candidate));
  }, [candidate, drafts]);
  return {
    isTyped: (item: RoomItem): boolean => drafts.has(item.judged.id),
    of: (item: RoomItem): Draft => drafts.get(item.judged.id) ?? draftOf(item),
    change(item: RoomItem, change: Partial<Draft>): void {
      setDrafts((present) => {
        const draft = present.get(item.judged.id) ?? draftOf(item);
        return new Map(present).set(item.judged.id, { ...draft, ...change });
      });
    },
    drop(item: string): void {
      setDrafts((present) => new Map([...present].filter(([id]) => id !== item)));
    },
  };
}
export type Drafts = ReturnType<typeof useDrafts>;
