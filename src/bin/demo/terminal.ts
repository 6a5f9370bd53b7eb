import { openAsBlob } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UserError } from '../user-error.ts';

async function answerOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  if (!response.ok)
    throw new UserError(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return body as T;
}

/** Files of a folder as an exam terminal sends them: relative paths with `/`, sorted. */
async function filesBelow(folder: string): Promise<{ path: string; location: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const location = join(entry.parentPath, entry.name);
      return { path: relative(folder, location).replaceAll(sep, '/'), location };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Hands a folder in as an exam terminal does: ticket and PIN for a token, then one multipart request. */
export async function handIn(
  address: string,
  who: { ticket: string; pin: string },
  folder: string,
): Promise<{ attempt: string }> {
  const api = `${address}/api/v1/hand-in`;
  const login = await fetch(`${api}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  const { token } = await answerOf<{ token: string }>(login);
  const form = new FormData();
  for (const { path, location } of await filesBelow(folder))
    form.append('file', await openAsBlob(location), path);
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': `demo-${who.ticket}` };
  return answerOf(await fetch(`${api}/attempts`, { method: 'POST', headers, body: form }));
}
