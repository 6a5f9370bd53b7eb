import { type QueryClient, useQuery } from '@tanstack/react-query';
import { itemState } from '../../../review/schema.ts';
import type { Answers } from '../../api/answers-schema.ts';
import { call } from '../../api/client.ts';
import type { PendingMark } from './marks/pending.ts';

export type Review = Answers['review'];
export type Marked = Answers['marked'];
export type Mark = NonNullable<Review['items'][number]['mark']>;
export type Criterion = Review['breakdown']['criteria'][number];
export type Judged = Criterion['items'][number];
export type Evidence = Judged['evidence'][number];
export type WorkFile = Review['files'][number];
export type Material = Review['materials'][number];
export type ItemState = ReturnType<typeof itemState>;

export const reviewKey = (candidate: string) => ['review', candidate] as const;
export const submissionAddress = (candidate: string): string => `/review/submissions/${candidate}`;

/** One submission with everything to mark it by. Asked again now and then: others may mark it too. */
export const useReview = (candidate: string) =>
  useQuery({
    queryKey: reviewKey(candidate),
    queryFn: ({ signal }) => call('review', submissionAddress(candidate), { signal }),
    refetchInterval: 30_000,
  });

/** Works what a saved mark changed into the submission that is on the screen. */
export function mergeMarked(client: QueryClient, candidate: string, marked: Marked): void {
  client.setQueryData<Review>(reviewKey(candidate), (review) => review && withMarked(review, marked));
  void client.invalidateQueries({ queryKey: ['reviews'] });
}

function withMarked(review: Review, { marks, total, criteria, changed, ...line }: Marked): Review {
  const totals = new Map(criteria.map((one) => [one.id, one]));
  const items = new Map(changed.map((one) => [one.id, one]));
  const newest = new Map(marks.map((mark) => [mark.item, mark]));
  const merged = review.breakdown.criteria.map((criterion) => ({
    ...criterion,
    ...totals.get(criterion.id),
    items: criterion.items.map((item) => items.get(item.id) ?? item),
  }));
  return {
    ...review,
    ...line,
    settled: total.settled,
    suggested: total.suggested,
    awarded: total.awarded,
    breakdown: { ...review.breakdown, total, criteria: merged },
    items: review.items.map((item) => ({ ...item, mark: newest.get(item.id) ?? item.mark })),
  };
}

/** One item as the room shows it: what the machine said, what the paper says, the mark, and what is not sent yet. */
export interface RoomItem {
  readonly judged: Judged;
  readonly criterion: Criterion;
  readonly allowed: { readonly possible: number; readonly step: number };
  readonly hint: string | null;
  readonly mark: Mark | null;
  readonly pending: PendingMark | null;
  readonly state: ItemState;
  /** Points as they stand or are suggested; null while only a human can say. */
  readonly points: number | null;
  readonly doubt: boolean;
}

const isEffective = (mark: Mark | null): mark is Mark => mark?.holds === true;

/** All items in the order of the paper. @param pending marks of this submission that are not sent yet, by item */
export function roomItems(review: Review, pending: ReadonlyMap<string, PendingMark>): RoomItem[] {
  const more = new Map(review.items.map((item) => [item.id, item]));
  return review.breakdown.criteria.flatMap((criterion) =>
    criterion.items.map((judged) => {
      const { allowed, hint, mark } = more.get(judged.id) ?? {
        allowed: { possible: judged.possible, step: 0.5 },
        hint: null,
        mark: null,
      };
      const waiting = pending.get(judged.id) ?? null;
      const final = waiting ? waiting.points : judged.final;
      const points = final ?? judged.proposed;
      const doubt = waiting ? waiting.doubt : isEffective(mark) && mark.doubt;
      const state = itemState({ ...judged, final });
      return { judged, criterion, allowed, hint, mark, pending: waiting, state, points, doubt };
    }),
  );
}

/** Whether an examiner still has to act on it. */
export const isOpen = ({ state, doubt }: RoomItem): boolean =>
  doubt || state === 'suggested' || state === 'examiner' || state === 'unknown';
