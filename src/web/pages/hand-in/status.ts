import { useQuery } from '@tanstack/react-query';
import type { Answers } from '../../api/answers-schema.ts';
import { call } from '../../api/client.ts';

export type Status = Answers['handInStatus'];
export type Attempt = Status['attempts'][number];

export const statusKey = (ticket: string) => ['hand-in', ticket, 'status'] as const;

/** Often enough to hear of a session that was prolonged, seldom enough for hundreds of terminals; milliseconds. */
const askEvery = 20_000;

/** A candidate's own standing, with the difference between the server's clock and this machine's. */
export function useStatus(token: string, ticket: string) {
  return useQuery({
    queryKey: statusKey(ticket),
    refetchInterval: askEvery,
    retry: false,
    queryFn: async ({ signal }) => {
      const asked = Date.now();
      const status = await call('handInStatus', '/hand-in', { token, signal });
      const halfway = (asked + Date.now()) / 2;
      return { status, offsetMs: new Date(status.serverTime).getTime() - halfway };
    },
  });
}
