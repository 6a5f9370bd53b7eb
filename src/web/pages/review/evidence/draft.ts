import { useState } from 'react';
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

/** Drafts of all items of a submission: going to another item and back loses nothing. */
export function useDrafts() {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
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
