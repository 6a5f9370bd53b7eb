import type { Answers } from '../../../api/answers-schema.ts';
import { address } from '../../../api/client.ts';
import { OfflineError, problemFrom } from '../../../api/problem.ts';
import type { Outgoing } from './outbox.ts';
import type { Transport } from './progress.ts';

/**
 * One multipart request. XMLHttpRequest, because fetch does not tell how much it has sent.
 * @throws ApiProblem, OfflineError; DOMException AbortError when given up
 */
export function sendSmall(
  { key, files }: Outgoing,
  { token, signal, onProgress }: Transport,
): Promise<Answers['handedIn']> {
  const form = new FormData();
  for (const { path, file } of files) form.append('file', file, path);
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort, { once: true });
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress({ phase: loaded < total ? 'sending' : 'finishing', done: loaded, total });
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else
        reject(problemFrom(request.status, request.responseText, request.getResponseHeader('retry-after')));
    };
    request.onerror = () => reject(new OfflineError('网络连接中断'));
    request.onabort = () => reject(new DOMException('given up', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.open('POST', address('/hand-in/attempts'));
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('idempotency-key', key);
    request.send(form);
  });
}
