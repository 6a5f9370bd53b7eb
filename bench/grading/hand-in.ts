import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import type { Work } from './samples.ts';

interface Answer {
  readonly attempt: string;
  readonly receipt: { readonly receipt: { readonly paper: { readonly version: string } } };
}

/** Hands a sample in as a terminal does. @throws Error with what the service answered instead of a receipt */
export async function handIn(
  address: string,
  token: string,
  { sample, files }: Work,
): Promise<{ attemptId: string; rubricVersion: string }> {
  const form = new FormData();
  for (const { path, location } of files) form.append('file', await openAsBlob(location), path);
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
  const response = await fetch(`${address}/api/v1/hand-in/attempts`, { method: 'POST', headers, body: form });
  if (response.status !== 201)
    throw new Error(`${sample} was answered ${response.status}: ${await response.text()}`);
  const { attempt, receipt } = (await response.json()) as Answer;
  return { attemptId: attempt, rubricVersion: receipt.receipt.paper.version };
}
