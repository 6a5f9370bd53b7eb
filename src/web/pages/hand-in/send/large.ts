import { DetailedError, type HttpResponse, Upload } from 'tus-js-client';
import type { Answers } from '../../../api/answers-schema.ts';
import { address, call } from '../../../api/client.ts';
import { OfflineError, problemFrom } from '../../../api/problem.ts';
import type { Outgoing } from './outbox.ts';
import type { Transport } from './progress.ts';
import { sha256 } from './sha256.ts';

type Started = Answers['started'];
type Declared = Started['files'][number];

const uploads = address('/hand-in/uploads');

/** What a cut cable costs at most: a piece that was not acknowledged is sent again. */
const pieceBytes = 4 * 2 ** 20;

const problemOf = (response: HttpResponse): Error =>
  problemFrom(response.getStatus(), response.getBody(), response.getHeader('retry-after') ?? null);

/** One file, from where the service has it. @throws ApiProblem, OfflineError */
function sendFile(
  file: File,
  declared: Declared & { attempt: string },
  { token, signal, onSent }: { token: string; signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<void> {
  const { attempt, path, sha256: hash, upload: id, received } = declared;
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: uploads,
      ...(received > 0 && { uploadUrl: `${uploads}/${id}` }),
      metadata: { attempt, path, sha256: hash },
      headers: { authorization: `Bearer ${token}` },
      chunkSize: pieceBytes,
      // The service remembers how far each file is, and the caller when to try again.
      storeFingerprintForResuming: false,
      retryDelays: null,
      onProgress: (sent) => onSent(sent),
      onSuccess: () => resolve(),
      onError: (error) => {
        const response = error instanceof DetailedError ? error.originalResponse : null;
        reject(response ? problemOf(response) : new OfflineError('网络连接中断', { cause: error }));
      },
    });
    signal.addEventListener(
      'abort',
      () => {
        upload.abort().catch(reject);
        reject(new DOMException('given up', 'AbortError'));
      },
      { once: true },
    );
    upload.start();
  });
}

async function declare({ key, files }: Outgoing, { token, signal, onProgress }: Transport): Promise<Started> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  let done = 0;
  const declared = [];
  for (const { path, file } of files) {
    const hash = await sha256(file, (bytes) => {
      done += bytes;
      onProgress({ phase: 'hashing', done, total });
    });
    signal.throwIfAborted();
    declared.push({ path, bytes: file.size, sha256: hash });
  }
  return call('started', '/hand-in/attempts/start', {
    method: 'POST',
    token,
    signal,
    headers: { 'idempotency-key': key },
    body: { files: declared },
  });
}

/**
 * Declares the files, uploads what the service does not have yet (tus 1.0), and asks for the receipt. Called again
 * after a cut it goes on where the service stopped receiving.
 * @throws ApiProblem, OfflineError; DOMException AbortError when given up
 */
export async function sendLarge(outgoing: Outgoing, transport: Transport): Promise<Answers['handedIn']> {
  const { token, signal, onProgress } = transport;
  const { attempt, state, files } = await declare(outgoing, transport);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const byPath = new Map(outgoing.files.map(({ path, file }) => [path, file]));
  let before = 0;
  for (const declared of state === 'complete' ? [] : files) {
    const file = byPath.get(declared.path);
    if (!file) throw new Error(`the service asks for ${declared.path}, which was not declared`);
    const onSent = (bytes: number): void => onProgress({ phase: 'sending', done: before + bytes, total });
    if (declared.received < declared.bytes || declared.bytes === 0)
      await sendFile(file, { ...declared, attempt }, { token, signal, onSent });
    before += declared.bytes;
  }
  onProgress({ phase: 'finishing', done: total, total });
  return call('handedIn', `/hand-in/attempts/${attempt}/complete`, { method: 'POST', token, signal });
}
