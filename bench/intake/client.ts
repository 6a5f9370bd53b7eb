import { createHash, randomBytes, randomFillSync, randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { answerWith } from '../helper.ts';

/** One rush: every client sends one file, all at once. */
export interface Rush {
  readonly url: string;
  /** One per client. Null: the body is the file itself, for a server that knows neither forms nor tokens. */
  readonly tokens: readonly string[] | null;
  readonly clients: number;
  /** Bytes of each file. */
  readonly bytes: number;
}

interface Hand {
  readonly headers: Record<string, string>;
  readonly parts: readonly Buffer[];
  /** What the answer must name: proof that all of it arrived. */
  readonly sha256: string;
}

const boundary = 'kaoping-bench-7MA4YWxkTrZu0gW';
const before = Buffer.from(
  `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="images/photo.jpg"\r\n` +
    'content-type: application/octet-stream\r\n\r\n',
);
const after = Buffer.from(`\r\n--${boundary}--\r\n`);

/** Files are windows into one sea of random bytes behind a beginning of their own: no two are alike. */
const windowRange = 1024 * 1024;
const headBytes = 64;
let sea = Buffer.alloc(0);

function newFile(bytes: number): Buffer[] {
  if (sea.length < bytes + windowRange) sea = randomFillSync(Buffer.alloc(bytes + windowRange));
  const start = Math.floor(Math.random() * windowRange);
  return [randomBytes(headBytes), sea.subarray(start, start + bytes - headBytes)];
}

function prepare({ bytes, tokens }: Rush, client: number): Hand {
  const file = newFile(bytes);
  const hash = createHash('sha256');
  for (const part of file) hash.update(part);
  const parts = tokens ? [before, ...file, after] : file;
  const length = String(parts.reduce((sum, part) => sum + part.length, 0));
  const asForm = {
    authorization: `Bearer ${tokens?.[client]}`,
    'idempotency-key': randomUUID(),
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  const headers = { 'content-length': length, ...(tokens && asForm) };
  return { headers, parts, sha256: hash.digest('hex') };
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

function handIn(url: string, { headers, parts, sha256 }: Hand): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { agent, method: 'POST', headers }, (response) => {
      textOf(response).then((text) => {
        if (response.statusCode === 201 && text.includes(sha256)) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 500)}`));
      }, reject);
    });
    sending.on('error', reject);
    for (const part of parts) sending.write(part);
    sending.end();
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Seconds from the first request to the last answer. */
async function rush(wanted: Rush): Promise<number> {
  const hands = Array.from({ length: wanted.clients }, (_, client) => prepare(wanted, client));
  const start = performance.now();
  await Promise.all(hands.map((hand) => handIn(wanted.url, hand)));
  return (performance.now() - start) / 1000;
}

answerWith(rush);
