import type { FastifyRequest } from 'fastify';
import type { Limits } from '../config.ts';
import { Problem } from '../http/problem.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { InterruptedError, NoSpaceError, TooLargeError } from '../storage/errors.ts';

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

/** Longer names are no names; Windows itself ends at 260. */
const pathCharacters = 1000;
const fieldCharacters = 100;

const size = (bytes: number): string => `${Math.round((bytes / 2 ** 20) * 10) / 10} MB`;

const tooManyFiles = (limits: Limits): Problem =>
  new Problem(413, 'too-many-files', `一次最多提交 ${limits.files} 个文件，请压缩后再提交。`);

/** The name as data: only its separators are ours. @throws Problem 422 for an empty or endless one */
export function cleanPath(name: string): string {
  const path = name
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');
  if (path === '' || path.endsWith('/')) throw new Problem(422, 'no-name', '有文件没有文件名，请重新选择。');
  if (path.length > pathCharacters)
    throw new Problem(422, 'name-too-long', '文件名过长，请缩短文件夹或文件的名称。');
  return path;
}

/** A failed store in the words of a candidate. What is not foreseen goes on as it is. */
export function storeProblem(error: unknown, path: string, limits: Limits): unknown {
  if (error instanceof TooLargeError) {
    return new Problem(413, 'file-too-large', `文件“${path}”超过单个文件上限 ${size(limits.fileBytes)}。`);
  }
  if (error instanceof InterruptedError) {
    return new Problem(400, 'upload-interrupted', '上传中断，未收到全部内容，请重新提交。', { cause: error });
  }
  if (error instanceof NoSpaceError) {
    return new Problem(507, 'disk-full', '服务器存储空间不足，请立即举手示意监考员。', { cause: error });
  }
  return error;
}

class FormReader {
  readonly #blobs: BlobStore;
  readonly #limits: Limits;
  readonly #files: ReceivedFile[] = [];
  readonly #paths = new Set<string>();
  #left: number;

  constructor(blobs: BlobStore, limits: Limits) {
    this.#blobs = blobs;
    this.#limits = limits;
    this.#left = limits.submissionBytes;
  }

  get files(): readonly ReceivedFile[] {
    return this.#files;
  }

  async take(name: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    const path = cleanPath(name);
    if (this.#paths.has(path)) throw new Problem(422, 'duplicate-path', `文件“${path}”重复提交。`);
    if (this.#files.length >= this.#limits.files) throw tooManyFiles(this.#limits);
    const whole = this.#left < this.#limits.fileBytes;
    try {
      const maxBytes = Math.min(this.#left, this.#limits.fileBytes);
      const { sha256, bytes } = await this.#blobs.put(source, { maxBytes, signal });
      this.#left -= bytes;
      this.#paths.add(path);
      this.#files.push({ path, bytes, sha256 });
    } catch (error) {
      if (error instanceof TooLargeError && whole) {
        throw new Problem(
          413,
          'submission-too-large',
          `作品总大小超过上限 ${size(this.#limits.submissionBytes)}，请删除无关文件。`,
        );
      }
      throw storeProblem(error, path, this.#limits);
    }
  }
}

/** Codes of the multipart parser's refusals. */
const parserProblems: Record<string, (limits: Limits) => Problem> = {
  FST_FILES_LIMIT: tooManyFiles,
  FST_PARTS_LIMIT: tooManyFiles,
  FST_FIELDS_LIMIT: () => new Problem(413, 'too-many-fields', '表单字段过多。'),
  FST_REQ_FILE_TOO_LARGE: (limits) =>
    new Problem(413, 'file-too-large', `有文件超过单个文件上限 ${size(limits.fileBytes)}。`),
  FST_MP_PREMATURE_CLOSE: () =>
    new Problem(400, 'upload-interrupted', '上传中断，未收到全部内容，请重新提交。'),
};

/**
 * Streams a multipart request into the store: each file is written, hashed and flushed as it comes, in constant
 * memory. Nothing is promised before all of it is there.
 * @throws Problem 400 broken off, 408 too slow, 413 too much, 415 not multipart, 422 no file or a bad name, 507 disk full
 */
export async function receiveForm(
  request: FastifyRequest,
  blobs: BlobStore,
  limits: Limits,
): Promise<ReceivedForm> {
  if (!request.isMultipart()) throw new Problem(415, 'not-multipart', '应以 multipart/form-data 提交文件。');
  const slow = AbortSignal.timeout(limits.uploadMs);
  const reader = new FormReader(blobs, limits);
  const fields = new Map<string, string>();
  const parts = request.parts({
    preservePath: true,
    limits: {
      files: limits.files + 1,
      fields: 20,
      fieldSize: 1000,
      fileSize: limits.fileBytes + 1,
      parts: limits.files + 21,
    },
  });
  try {
    for await (const part of parts) {
      if (part.type === 'file') await reader.take(part.filename, part.file, slow);
      else if (typeof part.value === 'string')
        fields.set(part.fieldname, part.value.slice(0, fieldCharacters));
    }
  } catch (error) {
    if (slow.aborted) throw new Problem(408, 'too-slow', '上传时间过长，请改用断点续传或重新提交。');
    const translate = parserProblems[(error as { code?: string }).code ?? ''];
    throw translate ? translate(limits) : error;
  }
  if (reader.files.length === 0) throw new Problem(422, 'no-files', '没有收到任何文件，请选择要提交的作品。');
  return { files: reader.files, room: fields.get('room') ?? null, seat: fields.get('seat') ?? null };
}
