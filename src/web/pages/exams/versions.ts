import { useQuery } from '@tanstack/react-query';
import type { Entry } from '../../api/answers-schema.ts';
import { call } from '../../api/client.ts';

export type Version = Entry<'versions'>;
export const versionsKey = ['rubrics'] as const;

/** All versions of all papers; a school has some dozens. */
export const useVersions = () =>
  useQuery({
    queryKey: versionsKey,
    queryFn: async ({ signal }) => {
      const found: Version[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: Version[]; next: string | null } = await call('versions', '/rubrics', {
          query: { limit: 200, cursor },
          signal,
        });
        found.push(...page.items);
        cursor = page.next;
      }
      return found;
    },
  });
