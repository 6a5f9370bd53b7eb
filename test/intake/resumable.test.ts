import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, stat, utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveSession } from '../../src/exams/exams.ts';
import type { HandInAnswer } from '../../src/intake/promise.ts';
import { beginAttempt } from '../../src/intake/queries.ts';
import type { Started } from '../../src/intake/resumable.ts';
import { UploadStore } from '../../src/intake/resumable-store.ts';
import { sweepUploads } from '../../src/intake/resumable-sweep.ts';
import { openExam, openStores, publishPaper, type Stores, type TestCandidate } from '../support/exam.ts';
import {
  type Answer,
  complete as allFiles,
  ask,
  bearer,
  handIn,
  newKey,
  type Refusal,
  type ServiceWishes,
  startService,
  type TestService,
  tokenOf,
} from './service.ts';

let stores: Stores;
let service: TestService;
let version: string;

beforeAll(async () => {
  stores = await openStores();
  service = await startService(stores);
  version = await publishPaper(stores);
});
afterAll(async () => {
  await service?.close();
  await stores?.close();
});

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
type Work = Record<string, Uint8Array<ArrayBuffer>>;
const page = new TextEncoder().encode('<p>茶</p>');
const picture = new Uint8Array(randomBytes(300_000));
const work: Work = { 'index.html': page, 'images/tea1.jpg': picture };

const declared = (files: Work) =>
  Object.entries(files).map(([path, data]) => ({ path, bytes: data.length, sha256: sha256(data) }));

async function seated(wishes: Parameters<typeof openExam>[1] = {}) {
  const exam = await openExam(stores, { version, candidates: 1, ...wishes });
  const [candidate] = exam.candidates;
  if (!candidate) throw new Error('an exam without candidates');
  return { exam, candidate };
}

/** A terminal that uploads in pieces. */
class Terminal {
  readonly service: TestService;
  readonly token: string;

  constructor(at: TestService, token: string) {
    this.service = at;
    this.token = token;
  }

  static async of(at: TestService, candidate: TestCandidate): Promise<Terminal> {
    return new Terminal(at, await tokenOf(at, candidate));
  }

  start(files: unknown, key = newKey()): Promise<Answer<Started & Refusal>> {
    return ask(this.service, '/hand-in/attempts/start', {
      method: 'POST',
      headers: { ...bearer(this.token), 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ files, room: '机房1', seat: '3' }),
    });
  }

  /** One tus request; a body is sent as tus sends it. */
  tus(method: string, path: string, headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>) {
    const type: Record<string, string> = body ? { 'content-type': 'application/offset+octet-stream' } : {};
    return ask<Refusal>(this.service, `/hand-in/uploads${path}`, {
      method,
      headers: { ...bearer(this.token), 'tus-resumable': '1.0.0', ...type, ...headers },
      ...(body && { body }),
    });
  }

  create(attempt: string, path: string, data: Uint8Array<ArrayBuffer>, first?: Uint8Array<ArrayBuffer>) {
    const metadata = Object.entries({ attempt, path, sha256: sha256(data) })
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(',');
    const headers = { 'upload-metadata': metadata, 'upload-length': String(data.length) };
    return this.tus('POST', '', headers, first);
  }

  patch(upload: string, offset: number, data: Uint8Array<ArrayBuffer>) {
    return this.tus('PATCH', `/${upload}`, { 'upload-offset': String(offset) }, data);
  }

  async offset(upload: string): Promise<number> {
    const { status, headers } = await this.tus('HEAD', `/${upload}`, {});
    expect(status).toBe(200);
    return Number(headers.get('upload-offset'));
  }

  complete(
    attempt: string,
  ): Promise<Answer<HandInAnswer & Refusal & { errors: { where: string; message: string }[] }>> {
    return ask(this.service, `/hand-in/attempts/${attempt}/complete`, {
      method: 'POST',
      headers: bearer(this.token),
    });
  }

  /** Creates and sends one file. @returns the upload's id */
  async send(attempt: string, path: string, data: Uint8Array<ArrayBuffer>): Promise<string> {
    const created = await this.create(attempt, path, data);
    expect(created.status).toBe(201);
    const id = created.headers.get('location')?.split('/').at(-1) ?? '';
    if (data.length > 0) expect((await this.patch(id, 0, data)).status).toBe(204);
    return id;
  }
}

const leftInFolder = () => readdir(join(stores.dataDir, 'uploads'));

describe('a hand-in in pieces', () => {
  it('ends with the same promise as one request', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const files = { ...work, 'notes.txt': new Uint8Array() };
    const { status, body: started } = await terminal.start(declared(files));
    expect(status).toBe(201);
    expect(started).toMatchObject({ number: 1, state: 'receiving' });
    for (const [path, data] of Object.entries(files)) await terminal.send(started.attempt, path, data);
    const done = await terminal.complete(started.attempt);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({ complete: true, idempotent: false, attempt: started.attempt });
    expect(done.body.receipt.receipt.files).toEqual(expect.arrayContaining(declared(files)));
    expect(await stores.blobs.verify(sha256(picture))).toBe('intact');
    const again = await terminal.complete(started.attempt);
    expect(again).toMatchObject({ status: 200, body: { ...done.body, idempotent: true } });
    expect(await leftInFolder()).toEqual([]);
    await expect.poll(() => service.handedIn).toContain(started.attempt);
  });

  it('goes on where it stopped, also in the first request and after a lost answer', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const { body } = await terminal.start(declared({ 'images/tea1.jpg': picture }));
    const created = await terminal.create(
      body.attempt,
      'images/tea1.jpg',
      picture,
      picture.subarray(0, 1000),
    );
    expect([created.status, created.headers.get('upload-offset')]).toEqual([201, '1000']);
    const id = created.headers.get('location')?.split('/').at(-1) ?? '';
    expect(id).toBe(body.files[0]?.upload);
    expect((await terminal.patch(id, 500, picture.subarray(500))).status).toBe(409);
    expect((await terminal.patch(id, 1000, picture.subarray(1000, 2000))).headers.get('upload-offset')).toBe(
      '2000',
    );
    expect(await terminal.offset(id)).toBe(2000);
    expect((await terminal.patch(id, 2000, picture.subarray(2000))).status).toBe(204);
    // The answer to the last piece was lost: the client asks how far it is.
    expect(await terminal.offset(id)).toBe(picture.length);
    expect((await terminal.patch(id, picture.length, new Uint8Array(1))).status).toBe(409);
    expect((await terminal.complete(body.attempt)).status).toBe(201);
  });

  it('keeps what came before the cable broke', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const { body } = await terminal.start(declared({ 'images/tea1.jpg': picture }));
    await terminal.create(body.attempt, 'images/tea1.jpg', picture);
    const id = body.files[0]?.upload ?? '';
    const socket = connect(service.port, '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      `PATCH /api/v1/hand-in/uploads/${id} HTTP/1.1`,
      'host: localhost',
      `authorization: Bearer ${terminal.token}`,
      'tus-resumable: 1.0.0',
      'upload-offset: 0',
      'content-type: application/offset+octet-stream',
      `content-length: ${picture.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(picture.subarray(0, 100_000));
    const onDisk = async () => (await stat(join(stores.dataDir, 'uploads', id))).size;
    await expect.poll(onDisk).toBe(100_000);
    socket.destroy();
    expect(await terminal.offset(id)).toBe(100_000);
    expect((await terminal.patch(id, 100_000, picture.subarray(100_000))).status).toBe(204);
    expect((await terminal.complete(body.attempt)).status).toBe(201);
  });

  it('survives a restart of the service', async () => {
    const { candidate } = await seated();
    const before = await startService(stores);
    const terminal = await Terminal.of(before, candidate);
    const key = newKey();
    const { body } = await terminal.start(declared(work), key);
    await terminal.send(body.attempt, 'index.html', page);
    await terminal.create(body.attempt, 'images/tea1.jpg', picture, picture.subarray(0, 100_000));
    await before.close();
    const after = await startService(stores);
    const restarted = new Terminal(after, terminal.token);
    const { status, body: again } = await restarted.start(declared(work), key);
    expect(status).toBe(200);
    expect(again.attempt).toBe(body.attempt);
    expect(again.files.map(({ path, received }) => [path, received])).toEqual([
      ['images/tea1.jpg', 100_000],
      ['index.html', page.length],
    ]);
    const id = again.files[0]?.upload ?? '';
    expect(await restarted.offset(id)).toBe(100_000);
    expect((await restarted.patch(id, 100_000, picture.subarray(100_000))).status).toBe(204);
    expect((await restarted.complete(body.attempt)).body.complete).toBe(true);
    await after.close();
  });

  it('finishes files whose last byte came just before the process died', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const { body } = await terminal.start(declared(work));
    for (const [path, data] of Object.entries(work)) await terminal.send(body.attempt, path, data);
    // As a kill leaves it between moving the bytes and saying so.
    await stores.database.pool.query('update upload set completed_at = null where attempt_id = $1', [
      body.attempt,
    ]);
    expect((await terminal.complete(body.attempt)).status).toBe(201);
  });
});

describe('what was declared', () => {
  it('is held to: other bytes are refused, thrown away, and may be sent again', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const { body } = await terminal.start(declared({ 'index.html': page }));
    const created = await terminal.create(body.attempt, 'index.html', page);
    const id = created.headers.get('location')?.split('/').at(-1) ?? '';
    const refused = await terminal.patch(id, 0, new Uint8Array(page.length));
    expect([refused.status, refused.body.code]).toEqual([422, 'hash-mismatch']);
    expect(await leftInFolder()).toEqual([]);
    const early = await terminal.complete(body.attempt);
    expect([early.status, early.body.code]).toEqual([409, 'incomplete']);
    expect(early.body.errors).toEqual([{ where: 'index.html', message: `已收到 0 / ${page.length} 字节` }]);
    await terminal.send(body.attempt, 'index.html', page);
    expect((await terminal.complete(body.attempt)).status).toBe(201);
  });

  it('is held to: another length, path, hash or attempt finds nothing', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const { body } = await terminal.start(declared({ 'index.html': page }));
    const code = async (attempt: string, path: string, data: Uint8Array<ArrayBuffer>) =>
      (await terminal.create(attempt, path, data)).status;
    expect(await code(body.attempt, 'other.html', page)).toBe(404);
    expect(await code(body.attempt, 'index.html', picture)).toBe(404);
    expect(await code('att_none', 'index.html', page)).toBe(404);
    const metadata = `attempt ${btoa(body.attempt)},path ${btoa('index.html')},sha256 ${btoa(sha256(page))}`;
    const create = (headers: Record<string, string>) => terminal.tus('POST', '', headers);
    const longer = await create({ 'upload-metadata': metadata, 'upload-length': '99' });
    expect([longer.status, longer.body.code]).toEqual([422, 'length-mismatch']);
    const none = await create({ 'upload-length': '9' });
    expect([none.status, none.body.code]).toEqual([400, 'bad-metadata']);
    const bad = await create({ 'upload-metadata': '!!', 'upload-length': '9' });
    expect([bad.status, bad.body.code]).toEqual([400, 'bad-metadata']);
  });

  it('belongs to its candidate alone', async () => {
    const { candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const { body } = await terminal.start(declared({ 'index.html': page }));
    await terminal.create(body.attempt, 'index.html', page);
    const id = body.files[0]?.upload ?? '';
    const stranger = await Terminal.of(service, (await seated()).candidate);
    expect((await stranger.create(body.attempt, 'index.html', page)).status).toBe(404);
    expect((await stranger.tus('HEAD', `/${id}`, {})).status).toBe(404);
    expect((await stranger.patch(id, 0, page)).status).toBe(404);
    expect((await stranger.tus('DELETE', `/${id}`, {})).status).toBe(404);
    expect((await stranger.complete(body.attempt)).status).toBe(404);
    expect((await terminal.tus('DELETE', `/${id}`, {})).status).toBe(204);
    expect((await terminal.tus('HEAD', `/${id}`, {})).status).toBe(404);
    await terminal.send(body.attempt, 'index.html', page);
    expect((await terminal.complete(body.attempt)).status).toBe(201);
  });

  it('is in time by its declaration, not by an upload in one request that broke off before', async () => {
    const { exam, candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const key = newKey();
    const { database } = stores;
    const { id: candidateId } = candidate;
    const wanted = { candidateId, examId: exam.id, idempotencyKey: key, firstRequestAt: new Date() };
    await beginAttempt(database, wanted);
    await moveSession(stores, exam.id, exam.session, { endsAt: new Date(Date.now() - 1), graceSeconds: 0 });
    const late = await terminal.start(declared({ 'index.html': page }), key);
    expect([late.status, late.body.code]).toEqual([422, 'too-late']);
  });

  it('counts by its declaration: the bytes may come after the end, other ones may not', async () => {
    const { exam, candidate } = await seated();
    const terminal = await Terminal.of(service, candidate);
    const key = newKey();
    const { body } = await terminal.start(declared({ 'index.html': page }), key);
    await moveSession(stores, exam.id, exam.session, { endsAt: new Date(Date.now() - 1), graceSeconds: 0 });
    const late = await terminal.start(declared({ 'index.html': page }));
    expect([late.status, late.body.code]).toEqual([422, 'too-late']);
    const other = await handIn(service, terminal.token, allFiles, { key });
    expect([other.status, other.body.code]).toEqual([409, 'resumable']);
    await stores.database.pool.query('update attempt set first_request_at = $2 where id = $1', [
      body.attempt,
      new Date(Date.now() - 60_000),
    ]);
    await terminal.send(body.attempt, 'index.html', page);
    expect((await terminal.complete(body.attempt)).status).toBe(201);
  });

  it('is refused when it is too much, too little, or the key stands for other files', async () => {
    const wishes: ServiceWishes = { limits: { fileBytes: 100, submissionBytes: 150, files: 2 } };
    const small = await startService(stores, wishes);
    const terminal = await Terminal.of(small, (await seated()).candidate);
    const file = (path: string, bytes: number) => ({ path, bytes, sha256: '0'.repeat(64) });
    const key = newKey();
    const code = async (files: unknown, name?: string) => {
      const { status, body } = await terminal.start(files, name);
      return [status, body.code];
    };
    expect(await code([])).toEqual([422, 'no-files']);
    expect(await code([file('a', 101)])).toEqual([413, 'file-too-large']);
    expect(await code([file('a', 100), file('b', 51)])).toEqual([413, 'submission-too-large']);
    expect(await code([file('a', 1), file('b', 1), file('c', 1)])).toEqual([413, 'too-many-files']);
    expect(await code([file('a', 1), file('./a', 1)])).toEqual([422, 'duplicate-path']);
    expect(await code([{ ...file('a', 1), sha256: 'x' }])).toEqual([400, 'invalid-request']);
    expect(await code([file('a', 1)], key)).toEqual([201, undefined]);
    expect(await code([file('a', 2)], key)).toEqual([409, 'key-reused']);
    await small.close();
  });

  it('once, however often it is said at the same time', async () => {
    const terminal = await Terminal.of(service, (await seated()).candidate);
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => terminal.start(declared(work), key)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
});

describe('the protocol', () => {
  it('tells what is served, also to those who did not sign in', async () => {
    const { status, headers } = await ask(service, '/hand-in/uploads', { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(headers.get('tus-version')).toBe('1.0.0');
    expect(headers.get('tus-extension')).toContain('creation');
  });
});

describe('old uploads', () => {
  it('are given up and removed; young ones stay', async () => {
    const terminal = await Terminal.of(service, (await seated()).candidate);
    const { body: old } = await terminal.start(declared({ 'index.html': page }));
    await terminal.create(old.attempt, 'index.html', page, page.subarray(0, 3));
    const { body: young } = await terminal.start(declared({ 'index.html': page }));
    await terminal.create(young.attempt, 'index.html', page, page.subarray(0, 3));
    const past = new Date(Date.now() - 13 * 3_600_000);
    await stores.database.pool.query('update attempt set first_request_at = $2 where id = $1', [
      old.attempt,
      past,
    ]);
    const [oldId, youngId] = [old.files[0]?.upload ?? '', young.files[0]?.upload ?? ''];
    const folder = join(stores.dataDir, 'uploads');
    for (const name of [oldId, `${oldId}.json`, youngId]) await utimes(join(folder, name), past, past);
    const uploads = await UploadStore.open(folder, stores.blobs);
    expect(await sweepUploads({ ...service.parts, uploads })).toBe(1);
    const left = await leftInFolder();
    expect(left).toContain(youngId);
    expect(left).not.toContain(oldId);
    expect(left).not.toContain(`${oldId}.json`);
    const refused = await terminal.complete(old.attempt);
    expect([refused.status, refused.body.code]).toEqual([409, 'not-resumable']);
    const [row] = (
      await ask<{ attempts: { attempt: string; state: string }[] }>(service, '/hand-in', {
        headers: bearer(terminal.token),
      })
    ).body.attempts.filter(({ attempt }) => attempt === old.attempt);
    expect(row?.state).toBe('aborted');
  });
});
