import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { type Review, reviewKey, submissionAddress } from './data.ts';

/** Well within the ten idle minutes after which a lease ends; milliseconds. */
const renewEvery = 3 * 60_000;

const leaseAddress = (candidate: string): string => `${submissionAddress(candidate)}/lease`;

/** Takes, keeps and gives back a submission. Merely looking at one takes nothing. */
export function useLease(review: Review | undefined) {
  const client = useQueryClient();
  const candidate = review?.candidateId;
  const mine = review?.lease?.mine === true;
  const set = (lease: Review['lease']): void => {
    if (candidate) client.setQueryData<Review>(reviewKey(candidate), (old) => old && { ...old, lease });
    void client.invalidateQueries({ queryKey: ['reviews'] });
  };
  const take = useMutation({
    mutationFn: (wanted: string) => call('lease', leaseAddress(wanted), { method: 'POST' }),
    onSuccess: set,
  });
  const giveBack = useMutation({
    mutationFn: (wanted: string) => call('nothing', leaseAddress(wanted), { method: 'DELETE' }),
    onSuccess: () => set(null),
  });
  const { mutate: renew } = take;
  useEffect(() => {
    if (!mine || !candidate) return;
    let moved = true;
    const move = (): void => {
      moved = true;
    };
    // Whoever left the room loses the lease: only a hand at keyboard or mouse renews it.
    const timer = setInterval(() => {
      if (moved) renew(candidate);
      moved = false;
    }, renewEvery);
    window.addEventListener('pointermove', move);
    window.addEventListener('keydown', move);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('keydown', move);
    };
  }, [mine, candidate, renew]);
  return { take, giveBack };
}

export interface NextWishes {
  readonly exam?: string;
  readonly paper?: string;
  readonly module?: string;
  readonly after?: string;
}

/** Leases the next submission that waits and opens it. */
export function useNext() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (wishes: NextWishes) => call('reviewLine', '/review/next', { method: 'POST', body: wishes }),
    onSuccess: ({ candidateId }) => {
      void client.invalidateQueries({ queryKey: ['reviews'] });
      void navigate(`/review/${candidateId}`);
    },
  });
}
