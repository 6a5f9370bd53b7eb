import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../api/answers-schema.ts';
import { call } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';

export type Me = Answers['me'];
export type Role = Me['roles'][number];

const key = ['session'];

/** Who is signed in on this browser; null when nobody is. Undefined `data` means: not known yet. */
export function useSession() {
  return useQuery({
    queryKey: key,
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await call('me', '/session', { signal });
      } catch (error) {
        if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) return null;
        throw error;
      }
    },
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (who: { name: string; password: string }) =>
      call('signedIn', '/session', { method: 'POST', body: who }),
    onSuccess: ({ account: { id, name, roles } }) => {
      // What another account saw is not this one's.
      client.clear();
      client.setQueryData(key, { id, name, roles });
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('nothing', '/session', { method: 'DELETE' }),
    onSuccess: () => {
      client.clear();
      client.setQueryData(key, null);
    },
  });
}

/** Where an account begins its work. */
export function homeOf(roles: readonly Role[]): string {
  if (roles.includes('administrator')) return '/exams';
  return roles.includes('examiner') ? '/review' : '/rooms';
}
