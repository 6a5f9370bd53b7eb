import type { IncomingMessage } from 'node:http';
import type { Limits } from '../config.ts';
import { Problem } from '../http/problem.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { InterruptedError, NoSpaceError, TooLargeError } from '../storage/errors.ts';
import { cleanClaim, cleanPath, refuseTwice } from './file-path.ts';
import { BrokenFormError, boundaryOf, type FormPart, partsOf } from './multipart.ts';

export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ReceivedForm {
  readonly files: readonly ReceivedFile[];
  /** Where the terminal says it stands. */
  readonly room: string | null;
  readonly seat: string | null;
}

const fieldBytes = 1000;
const fields = 20;

/** A cable that says nothing for so long is cut; the candidate should not wait for the whole time limit to hear of it. */
const silenceMs = 60_000;
const throwAwayMs = 30_000;

const size = (bytes: number): string => `${Math.round((bytes / 2 ** 20) * 10) / 10} MB`;

export const tooManyFiles = (limits: Limits): Problem =>
  new Problem(413, 'too-many-files', `一次最多提交 ${limits.files} 个文件，请压缩后再提交。`);
export const fileTooLarge = (path: string, limits: Limits): Problem =>
  new Problem(413, 'file-too-large', `文件“${path}”超过单个文件上限 ${size(limits.fileBytes)}。`);
export const submissionTooLarge = (limits: Limits): Problem =>
  new Problem(
    413,
    'submission-too-large',
    `作品总大小超过上限 ${size(limits.submissionBytes)}，请删除无关文件。`,
  );
export const noFiles = (): Problem => new Problem(422, 'no-files', '没有收到任何文件，请选择要提交的作品。');
export const diskFull = (cause?: unknown): Problem =>
  new Problem(507, 'disk-full', '服务器存储空间不足，请立即举手示意监考员。', { cause });
const interrupted = (cause: unknown): Problem =>
  new Problem(400, 'upload-interrupted', '上传中断，未收到全部内容，请重新提交。', { cause });
const tooSlow = (): Problem =>
  new Problem(408, 'too-slow', '上传时间过长，请改用断点续传或重新提交。', {
    headers: { connection: 'close' },
  });

class FormTaker {
  readonly #blobs: BlobStore;
  readonly #limits: Limits;
  readonly #files: ReceivedFile[] = [];
  readonly #paths = new Set<string>();
  readonly #fields = new Map<string, string>();
  #left: number;

  constructor(blobs: BlobStore, limits: Limits) {
    this.#blobs = blobs;
    this.#limits = limits;
    this.#left = limits.submissionBytes;
  }

  async take(part: FormPart): Promise<void> {
    if (part.filename === null) await this.#takeField(part);
    else await this.#takeFile(part.filename, part.body);
  }

  result(): ReceivedForm {
    if (this.#files.length === 0) throw noFiles();
    const [room, seat] = [this.#fields.get('room'), this.#fields.get('seat')];
    return { files: this.#files, room: cleanClaim(room), seat: cleanClaim(seat) };
  }

  async #takeField({ name, body }: FormPart): Promise<void> {
    if (this.#fields.size >= fields) throw new Problem(413, 'too-many-fields', '表单字段过多。');
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > fieldBytes) throw new Problem(413, 'field-too-large', `表单字段“${name}”过长。`);
      chunks.push(chunk);
    }
    this.#fields.set(name, Buffer.concat(chunks).toString());
  }

  async #takeFile(name: string, body: AsyncIterable<Buffer>): Promise<void> {
    const path = cleanPath(name);
    refuseTwice(path, this.#paths);
    if (this.#files.length >= this.#limits.files) throw tooManyFiles(this.#limits);
    const maxBytes = Math.min(this.#left, this.#limits.fileBytes);
    try {
      const { sha256, bytes } = await this.#blobs.put(body, { maxBytes });
      this.#left -= bytes;
      this.#paths.add(path);
      this.#files.push({ path, bytes, sha256 });
    } catch (error) {
      if (error instanceof TooLargeError) {
        throw maxBytes < this.#limits.fileBytes
          ? submissionTooLarge(this.#limits)
          : fileTooLarge(path, this.#limits);
      }
      if (error instanceof NoSpaceError) throw diskFull(error);
      throw error instanceof InterruptedError ? interrupted(error) : error;
    }
  }
}

async function takeAll(request: IncomingMessage, boundary: string, taker: FormTaker): Promise<ReceivedForm> {
  // Left open when reading ends early: the request still wants its answer.
  const source = request.iterator({ destroyOnReturn: false });
  try {
    for await (const part of partsOf(source, boundary)) await taker.take(part);
  } catch (error) {
    throw error instanceof BrokenFormError || request.errored ? interrupted(error) : error;
  } finally {
    await source.return?.();
  }
  return taker.result();
}

/** Rejects when the request takes too long, as a whole or with its next byte. */
function patience(request: IncomingMessage, wholeMs: number): { end: Promise<never>; stop(): void } {
  const { promise: end, reject } = Promise.withResolvers<never>();
  const slow = (): void => reject(tooSlow());
  const timer = setTimeout(slow, wholeMs);
  // Without a listener on the request the server would cut the socket, and nobody would be told.
  request.on('timeout', slow).setTimeout(Math.min(silenceMs, wholeMs));
  return {
    end,
    stop() {
      clearTimeout(timer);
      request.off('timeout', slow).setTimeout(0);
    },
  };
}

/** Whoever is refused in the middle hears it only after having sent the rest: for a while it is read and thrown away. */
function throwAway(request: IncomingMessage): void {
  const cut = setTimeout(() => request.destroy(), throwAwayMs);
  request.once('close', () => clearTimeout(cut));
  // Not before the reader that just ended has let go of the stream, or it would stay paused.
  setImmediate(() => request.resume());
}

/** The boundary of a request that is a multipart form. @throws Problem 415 for any other */
export function requireForm({ headers }: IncomingMessage): string {
  const boundary = boundaryOf(headers['content-type']);
  if (boundary !== null) return boundary;
  throw new Problem(415, 'not-multipart', '应以 multipart/form-data 提交文件。');
}

/**
 * Streams a multipart request into the store: each file is written, hashed and flushed as it comes, in constant
 * memory. Nothing is promised before all of it is there.
 * @param boundary as `requireForm` found it
 * @throws Problem 400 broken off, 408 too slow, 413 too much, 422 no file or a bad name, 507 disk full
 */
export async function receiveForm(
  request: IncomingMessage,
  boundary: string,
  { blobs, limits }: { blobs: BlobStore; limits: Limits },
): Promise<ReceivedForm> {
  const { end, stop } = patience(request, limits.uploadMs);
  try {
    return await Promise.race([takeAll(request, boundary, new FormTaker(blobs, limits)), end]);
  } finally {
    stop();
    if (!request.complete) throwAway(request);
  }
}
