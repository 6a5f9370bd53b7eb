import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempt } from '../../src/database/schema/intake.ts';
import { moveSession } from '../../src/exams/exams.ts';
import { handedIn } from '../../src/intake/handed-in.ts';
import { openExam, openStores, publishPaper, type Stores, type TestExam } from '../support/exam.ts';
import {
  ask,
  bearer,
  complete,
  type Files,
  formOf,
  handIn,
  newKey,
  type Refusal,
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

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** A candidate with a token, in an exam of its own. */
async function seated(wishes: Parameters<typeof openExam>[1] = {}) {
  const exam = await openExam(stores, { version, candidates: 1, ...wishes });
  const [candidate] = exam.candidates;
  if (!candidate) throw new Error('an exam without candidates');
  return { exam, candidate, token: await tokenOf(service, candidate) };
}

const move = (exam: TestExam, endsAt: Date, graceSeconds = 60) =>
  moveSession(stores, exam.id, exam.session, { endsAt, graceSeconds });

describe('a hand-in', () => {
  it('is stored, answered with a receipt that lists every byte, and passed on', async () => {
    const { exam, candidate, token } = await seated();
    const files = { 'index.html': '<p>茶</p>', 'images/tea1.jpg': new Uint8Array(300_000).fill(7) };
    const { status, body } = await handIn(service, token, files, { fields: { room: '机房1', seat: ' 7 ' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ number: 1, complete: true, missing: [], problems: [], idempotent: false });
    const listed = Object.entries(files).map(([path, data]) => ({
      path,
      bytes: Buffer.byteLength(data),
      sha256: sha256(data),
    }));
    expect(body.receipt.receipt).toMatchObject({
      attempt: body.attempt,
      ticket: candidate.ticket,
      exam: { id: exam.id, name: exam.name },
      session: '第一场',
      paper: { id: 'PAGE-9', version },
      files: listed,
    });
    expect(await handedIn(stores.database, body.attempt)).toMatchObject({ number: 1, files: listed });
    for (const file of listed) expect(await stores.blobs.verify(file.sha256)).toBe('intact');
    const [row] = await stores.database.db.select().from(attempt).where(eq(attempt.id, body.attempt));
    expect(row).toMatchObject({ state: 'complete', counts: true, room: '机房1', seat: '7', bytes: 300_010 });
    const manifest = await stores.manifests.read(exam.id, body.attempt);
    expect(manifest).toMatchObject({ sha256: row?.manifestSha256, value: { receipt: body.receipt } });
    await expect.poll(() => service.handedIn).toContain(body.attempt);
  });

  it('keeps names as they are: folders, blanks, emoji, dots that lead out, what Windows reserves', async () => {
    const { token } = await seated();
    const names = [
      '我的作品/index.html',
      'a b/ü.txt',
      '😀.txt',
      '../../etc/passwd',
      'con',
      'x:y?.txt',
      'a%22.txt',
    ];
    const files: Files = Object.fromEntries(names.map((name) => [name, name]));
    const { status, body } = await handIn(service, token, files);
    expect(status).toBe(201);
    expect(body.receipt.receipt.files.map(({ path }) => path)).toEqual(names);
  });

  it('takes back-slashes for folders, and a leading slash or dot for nothing', async () => {
    const { token } = await seated();
    const { body } = await handIn(service, token, { '.\\images\\tea1.jpg': 'a', '/index.html': 'b' });
    expect(body.receipt.receipt.files.map(({ path }) => path)).toEqual(['images/tea1.jpg', 'index.html']);
    expect(body.complete).toBe(true);
  });

  it('D17: takes an empty file and says so; it fills no slot', async () => {
    const { token } = await seated();
    const { status, body } = await handIn(service, token, { 'index.html': '', 'images/tea1.jpg': 'x' });
    expect(status).toBe(201);
    expect(body.complete).toBe(false);
    expect(body.missing).toEqual(['index.html']);
    expect(body.problems.map(({ code }) => code)).toEqual(['missing-file', 'empty-file']);
  });

  it('goes on when the graders cannot be told', async () => {
    const deaf = await startService(stores, { onHandedIn: () => Promise.reject(new Error('no queue')) });
    const { candidate } = await seated();
    const { status } = await handIn(deaf, await tokenOf(deaf, candidate), complete);
    expect(status).toBe(201);
    await deaf.close();
    expect(deaf.errors.map(({ msg }) => msg)).toEqual(['could not queue a hand-in; the reconciler will']);
  });
});

describe('a refusal', () => {
  const post = (token: string, init: RequestInit) =>
    ask<Refusal>(service, '/hand-in/attempts', {
      method: 'POST',
      ...init,
      headers: { ...bearer(token), ...init.headers },
    });

  it('400 without a key, or with an endless one', async () => {
    const { token } = await seated();
    for (const key of [undefined, 'k'.repeat(201)]) {
      const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
      const { status, body } = await post(token, { headers, body: formOf(complete) });
      expect([status, body.code]).toEqual([400, 'no-idempotency-key']);
    }
  });

  it('415 for what is no form', async () => {
    const { token } = await seated();
    const headers = { 'idempotency-key': newKey() };
    for (const body of [undefined, '{}', new Uint8Array(10)]) {
      const type = body === '{}' ? 'application/json' : body ? 'application/zip' : undefined;
      const init = type ? { body, headers: { ...headers, 'content-type': type } } : { headers };
      expect((await post(token, init)).status).toBe(415);
    }
    const status = await ask<{ attempts: unknown[] }>(service, '/hand-in', { headers: bearer(token) });
    expect(status.body.attempts).toEqual([]);
  });

  it('422 without files, with a nameless one, with the same one twice', async () => {
    const { token } = await seated();
    const none = await handIn(service, token, {}, { fields: { room: '1' } });
    expect([none.status, none.body.code]).toEqual([422, 'no-files']);
    const nameless = await handIn(service, token, { 'folder/': 'x' });
    expect([nameless.status, nameless.body.code]).toEqual([422, 'no-name']);
    const long = await handIn(service, token, { [`${'长'.repeat(1000)}.txt`]: 'x' });
    expect([long.status, long.body.code]).toEqual([422, 'name-too-long']);
    const twice = await handIn(service, token, { 'a/b.txt': 'x', 'a\\b.txt': 'y' });
    expect([twice.status, twice.body.code]).toEqual([422, 'duplicate-path']);
  });

  it('413 for a file, a sum or a number of files above the limit; what is below it is taken', async () => {
    const limits = { fileBytes: 1000, submissionBytes: 1500, files: 3 };
    const small = await startService(stores, { limits });
    const { candidate } = await seated();
    const token = await tokenOf(small, candidate);
    const bytes = (length: number) => new Uint8Array(length);
    const code = async (files: Files) => {
      const { status, body } = await handIn(small, token, files);
      return [status, body.code];
    };
    expect(await code({ a: bytes(1000), b: bytes(500) })).toEqual([201, undefined]);
    expect(await code({ a: bytes(1001) })).toEqual([413, 'file-too-large']);
    expect(await code({ a: bytes(1000), b: bytes(501) })).toEqual([413, 'submission-too-large']);
    expect(await code({ a: bytes(3_000_000) })).toEqual([413, 'file-too-large']);
    expect(await code({ a: 'a', b: 'b', c: 'c', d: 'd' })).toEqual([413, 'too-many-files']);
    await small.close();
  });

  it('409 before the start and while the exam is closed', async () => {
    const early = await seated({ startsIn: 10 });
    const { status, body } = await handIn(service, early.token, complete);
    expect([status, body.code]).toEqual([409, 'not-started']);
    const { candidate, token, exam } = await seated();
    await stores.database.pool.query(`update exam set state = 'closed' where id = $1`, [exam.id]);
    const closed = await handIn(service, token, complete);
    expect([closed.status, closed.body.code]).toEqual([409, 'exam-not-open']);
    expect(
      (
        await ask(service, '/hand-in/token', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(candidate),
        })
      ).status,
    ).toBe(401);
  });

  it('422 after the end and its grace; within the grace it counts', async () => {
    const { exam, token } = await seated();
    await move(exam, new Date(Date.now() - 30_000));
    expect((await handIn(service, token, complete)).status).toBe(201);
    await move(exam, new Date(Date.now() - 61_000));
    const { status, body } = await handIn(service, token, complete);
    expect([status, body.code]).toEqual([422, 'too-late']);
  });

  it('429 for the 61st attempt of an hour', async () => {
    const { exam, candidate, token } = await seated();
    await stores.database.pool.query(
      `insert into attempt (id, candidate_id, exam_id, number, idempotency_key, state, first_request_at)
       select 'att_' || $1 || n, $1, $2, n, 'old ' || n, 'aborted', now() from generate_series(1, 60) n`,
      [candidate.id, exam.id],
    );
    const { status, body, headers } = await handIn(service, token, complete);
    expect([status, body.code]).toEqual([429, 'too-many-attempts']);
    expect(headers.get('retry-after')).toBe('600');
  });

  it('507 when the disk is nearly full', async () => {
    const full = await startService(stores, { limits: { freeDiskBytes: Number.MAX_SAFE_INTEGER } });
    const { candidate } = await seated();
    const { status, body } = await handIn(full, await tokenOf(full, candidate), complete);
    expect([status, body.code]).toEqual([507, 'disk-full']);
    await full.close();
  });

  it('413 is heard although the client sends all it has before it listens', async () => {
    const small = await startService(stores, { limits: { fileBytes: 1000 } });
    const { candidate } = await seated();
    const huge = new Uint8Array(40_000_000);
    const { status, body } = await handIn(small, await tokenOf(small, candidate), { a: huge });
    expect([status, body.code]).toEqual([413, 'file-too-large']);
    await small.close();
  });
});
