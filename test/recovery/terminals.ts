import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Receipt } from '../../src/intake/receipt.ts';
import type { Sitting } from './exam.ts';
import { between } from './random.ts';

/** A hand-in as a terminal prepared it: what is sent again under the same key if no answer came. */
export interface HandIn {
  readonly token: string;
  readonly key: string;
  readonly files: readonly { path: string; bytes: Buffer }[];
}

export interface Answer {
  readonly attempt: string;
  readonly receipt: Receipt;
  readonly idempotent: boolean;
}

/** Where the service is; changes when it is started again. */
export interface Place {
  address: string;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Ticket and PIN for a token, as before the rush. */
export async function signIn({ address }: Place, { ticket, pin }: Sitting): Promise<string> {
  const answer = await fetch(`${address}/api/v1/hand-in/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket, pin }),
  });
  if (!answer.ok) throw new Error(`no token for ${ticket}: ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}

/** A small page with pictures and notes, different each time; now and then a file that others hand in too. */
export function prepareHandIn(token: string, key: string, random: () => number): HandIn {
  const noise = (bytes: number): Buffer =>
    Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)));
  const html = `<html><head><title>安化黑茶 ${key}</title></head><body><img src="images/tea1.jpg"></body></html>`;
  const files = [
    { path: 'index.html', bytes: Buffer.from(html) },
    {
      path: 'images/tea1.jpg',
      bytes: Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), noise(between(random, 1, 30_000))]),
    },
    { path: '说明/备注.txt', bytes: Buffer.from(`考生备注 ${Math.floor(random() * 5)}`) },
  ];
  return { token, key, files };
}

/** One request. @throws when it broke off or was refused */
export async function send({ address }: Place, { token, key, files }: HandIn): Promise<Answer> {
  const form = new FormData();
  for (const { path, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)]), path);
  const answer = await fetch(`${address}/api/v1/hand-in/attempts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    body: form,
  });
  if (!answer.ok) throw new Refused(answer.status, await answer.text());
  return (await answer.json()) as Answer;
}

/** The service said no. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, body: string) {
    super(`${status} ${body}`);
    this.status = status;
  }
}

/** Sends until there is a receipt, as terminals do: after a broken connection, and while an earlier try is still running. */
export async function sendUntilPromised(place: Place, handIn: HandIn): Promise<Answer> {
  for (;;) {
    try {
      return await send(place, handIn);
    } catch (error) {
      if (error instanceof Refused && error.status !== 409 && error.status < 500) throw error;
      await wait(100);
    }
  }
}

/** Runs the work over all items, so many at a time, in order. */
export async function eachOf<T>(
  items: readonly T[],
  together: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
