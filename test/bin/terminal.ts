import { setTimeout as wait } from 'node:timers/promises';
import type { Receipt } from '../../src/intake/receipt.ts';
import type { Sitting } from './installation.ts';

export interface HandedIn {
  readonly attempt: string;
  readonly number: number;
  readonly receipt: Receipt;
}

async function answer<T>(response: Response): Promise<T> {
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${body}`);
  return JSON.parse(body) as T;
}

const json = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Ticket and PIN for a bearer. */
export async function enter(address: string, who: Sitting): Promise<string> {
  const { token } = await answer<{ token: string }>(
    await fetch(`${address}/api/v1/hand-in/token`, json(who)),
  );
  return token;
}

/** Hands files in under a key of the terminal. */
export async function handIn(
  address: string,
  token: string,
  key: string,
  files: Readonly<Record<string, string>>,
): Promise<HandedIn> {
  const form = new FormData();
  for (const [path, content] of Object.entries(files)) form.append('file', new Blob([content]), path);
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
  return answer(await fetch(`${address}/api/v1/hand-in/attempts`, { method: 'POST', headers, body: form }));
}

/** What a candidate is told of all attempts. */
export async function statusOf(address: string, token: string): Promise<{ attempts: object[] }> {
  const headers = { authorization: `Bearer ${token}` };
  return answer(await fetch(`${address}/api/v1/hand-in`, { headers }));
}

/** Signs an account in and gives its bearer. */
export async function signIn(address: string, name: string, password: string): Promise<string> {
  const { token } = await answer<{ token: string }>(
    await fetch(`${address}/api/v1/session`, json({ name, password })),
  );
  return token;
}

/** Reads from the API. */
export const read = async <T>(address: string, bearer: string, path: string): Promise<T> =>
  answer<T>(await fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${bearer}` } }));

/** Resolves with every submission once none of them waits for its grading. */
export async function allGraded(
  address: string,
  bearer: string,
  count: number,
): Promise<Record<string, unknown>[]> {
  for (;;) {
    const page = await read<{ items: { state: string }[] }>(address, bearer, '/submissions?limit=200');
    const done = page.items.filter(({ state }) => state === 'graded' || state === 'attention');
    if (done.length === count) return page.items;
    await wait(200);
  }
}
