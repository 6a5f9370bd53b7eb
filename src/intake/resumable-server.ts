import { Metadata, Server } from '@tus/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound, Problem } from '../http/problem.ts';
import { freeBytes } from '../storage/disk-space.ts';
import { cleanPath } from './file-path.ts';
import { diskFull } from './receive-files.ts';
import { finishUpload, hashMismatch, type ResumableParts } from './resumable.ts';
import { declaredUpload, ownUpload, type UploadRow } from './resumable-queries.ts';

/** The protocol and what of it is served, as OPTIONS tells it (tus 1.0.0). */
export const tusHeaders = {
  'tus-resumable': '1.0.0',
  'tus-version': '1.0.0',
  'tus-extension': 'creation,creation-with-upload,termination',
};

const badMetadata = (): Problem =>
  new Problem(400, 'bad-metadata', 'Upload-Metadata 须含 attempt、path、sha256（均为 base64）。');

/** What Upload-Metadata names. @throws Problem 400 */
function metadataOf(request: FastifyRequest): { attemptId: string; path: string; sha256: string } {
  try {
    const { attempt, path, sha256 } = Metadata.parse(String(request.headers['upload-metadata'] ?? ''));
    if (attempt && path && sha256) return { attemptId: attempt, path: cleanPath(path), sha256 };
  } catch (error) {
    if (error instanceof Problem) throw error;
  }
  throw badMetadata();
}

/**
 * The tus 1.0 side of resumable hand-ins. Who may and what was declared is settled here, against the database;
 * @tus/server then speaks the protocol, under the id of the declared file.
 */
export class ResumableServer {
  readonly #parts: ResumableParts;
  readonly #tus: Server;
  /** Which declared file a request is about: tus asks for its name and tells when it is whole. */
  readonly #about = new WeakMap<object, UploadRow>();

  constructor(parts: ResumableParts, path: string) {
    this.#parts = parts;
    this.#tus = new Server({
      path,
      datastore: parts.uploads.tus,
      relativeLocation: true,
      maxSize: parts.limits.fileBytes,
      namingFunction: (request) => this.#rowOf(request.runtime?.node?.req).id,
      onUploadFinish: async (request) => this.#finish(this.#rowOf(request.runtime?.node?.req)),
    });
  }

  /** Creates an upload for a declared file. @throws Problem 400, 404, 409, 422, 507 */
  async create(request: FastifyRequest, reply: FastifyReply, candidateId: string): Promise<void> {
    const row = await declaredUpload(this.#parts.database, candidateId, metadataOf(request));
    if (!row) throw notFound('此文件的申报（attempt、path、sha256）');
    if (row.completedAt) throw new Problem(409, 'already-uploaded', '此文件已上传完成。');
    if (request.headers['upload-length'] !== String(row.length))
      throw new Problem(422, 'length-mismatch', `文件大小与申报的 ${row.length} 字节不符。`);
    await this.#requireSpace();
    await this.#speak(request, reply, row);
  }

  /** Goes on with an upload: HEAD tells how far it is, PATCH adds, DELETE gives up. @throws Problem 404, 409, 507 */
  async resume(request: FastifyRequest, reply: FastifyReply, upload: { candidateId: string; id: string }) {
    const row = await ownUpload(this.#parts.database, upload.candidateId, upload.id);
    if (!row) throw notFound('此上传');
    if (row.completedAt) return this.#answerWhole(request, reply, row);
    if (request.method === 'PATCH') await this.#requireSpace();
    return this.#speak(request, reply, row);
  }

  async #speak({ raw }: FastifyRequest, reply: FastifyReply, row: UploadRow): Promise<void> {
    this.#about.set(raw, row);
    reply.hijack();
    await this.#tus.handle(raw, reply.raw);
  }

  /** The bytes are in the store for good and no longer with tus: a client whose last answer was lost still asks. */
  async #answerWhole({ method }: FastifyRequest, reply: FastifyReply, { length }: UploadRow): Promise<void> {
    if (method !== 'HEAD') throw new Problem(409, 'already-uploaded', '此文件已上传完成。');
    const headers = { 'upload-offset': length, 'upload-length': length, 'cache-control': 'no-store' };
    await reply.headers({ ...headers, 'tus-resumable': tusHeaders['tus-resumable'] }).send();
  }

  async #finish(row: UploadRow) {
    const adopted = await finishUpload(this.#parts, row);
    if (adopted === 'stored') return {};
    const { status, ...problem } = hashMismatch(row.path).toBody('');
    return {
      status_code: status,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: JSON.stringify({ status, ...problem }),
    };
  }

  async #requireSpace(): Promise<void> {
    const { dataDir, limits } = this.#parts;
    if ((await freeBytes(dataDir)) < limits.freeDiskBytes) throw diskFull();
  }

  #rowOf(request: object | undefined): UploadRow {
    const row = request && this.#about.get(request);
    if (!row) throw new Error('a tus request that was not let in here');
    return row;
  }
}
