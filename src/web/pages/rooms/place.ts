import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { Entry } from '../../api/answers-schema.ts';
import { call } from '../../api/client.ts';

export type RoomLine = Entry<'roomLines'>;
export type ProcessLine = Entry<'processLines'>;

/** As many as the service gives at once; a room has some forty seats. */
const pageLimit = 200;
const refreshEvery = 5_000;

/** Exam, session and room that are watched: kept in the address, so a phone can be handed on. */
export function usePlace() {
  const [search, setSearch] = useSearchParams();
  const exams = useQuery({
    queryKey: ['exams', 'all'],
    queryFn: ({ signal }) => call('exams', '/exams', { query: { limit: pageLimit }, signal }),
  });
  const list = exams.data?.items.filter(({ state }) => state !== 'draft') ?? [];
  const newest = list.find(({ state }) => state === 'open') ?? list[0];
  const id = search.get('exam') ?? newest?.id ?? null;
  const exam = useQuery({
    queryKey: ['exams', id],
    queryFn: ({ signal }) => call('exam', `/exams/${id}`, { signal }),
    enabled: id !== null,
  });
  const choose = (name: 'exam' | 'session' | 'room', value: string): void =>
    setSearch((present) => {
      const changed = new URLSearchParams(present);
      if (value) changed.set(name, value);
      else changed.delete(name);
      return changed;
    });
  return {
    exams: list,
    isLoading: exams.isPending,
    error: exams.error ?? exam.error,
    id,
    sessions: exam.data?.sessions ?? [],
    session: search.get('session') ?? '',
    room: search.get('room') ?? '',
    choose,
  };
}
export type Place = ReturnType<typeof usePlace>;

/** All pages of a list, one after the other, kept fresh. */
export function useRoomLines(exam: string, session: string) {
  return useInfiniteQuery({
    queryKey: ['rooms', exam, session],
    initialPageParam: '',
    refetchInterval: refreshEvery,
    queryFn: ({ pageParam, signal }) =>
      call('roomLines', `/exams/${exam}/hand-ins`, {
        query: { session, limit: pageLimit, cursor: pageParam },
        signal,
      }),
    getNextPageParam: ({ next }) => next,
  });
}

export const processKey = (exam: string) => ['process', exam] as const;

export function useProcessLines(exam: string, session: string, room: string) {
  return useInfiniteQuery({
    queryKey: [...processKey(exam), session, room],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('processLines', `/exams/${exam}/process`, {
        query: { session, room, limit: pageLimit, cursor: pageParam },
        signal,
      }),
    getNextPageParam: ({ next }) => next,
  });
}

/** Seats as they stand in a room: by room, then by seat, 2 before 10. */
export function bySeat<T extends { room: string; seat: string }>(lines: readonly T[]): T[] {
  const order = (a: string, b: string): number => a.localeCompare(b, 'zh-CN', { numeric: true });
  return [...lines].sort((a, b) => order(a.room, b.room) || order(a.seat, b.seat));
}
