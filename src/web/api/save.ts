import { type Ask, send } from './client.ts';

/** Fetches a file and hands it to the browser to save under that name. @throws ApiProblem, OfflineError */
export async function saveFile(path: string, name: string, ask: Ask = {}): Promise<void> {
  const response = await send(path, ask);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after this turn; a minute is enough on any machine.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
