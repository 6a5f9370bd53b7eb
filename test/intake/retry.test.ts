import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempt } from '../../src/database/schema/intake.ts';
import { settleLeftovers } from '../../src/intake/leftovers.ts';
import { openExam, openStores, publishPaper, type Stores } from '../support/exam.ts';
import { memoryLog } from '../support/log.ts';
import { ask, bearer, complete, handIn, newKey, startService, type TestService, tokenOf } from './service.ts';

let stores: Stores;
let service: TestService;
/** A second process on the same stores. */
let other: TestService;
let version: string;

beforeAll(async () => {
  stores = await openStores();
  service = await startService(stores);
  other = await startService(stores);
  version = await publishPaper(stores);
});
afterAll(async () => {
  await service?.close();
  await other?.close();
  await stores?.close();
});

async function seated() {
  const { candidates } = await openExam(stores, { version, candidates: 1 });
  const [candidate] = candidates;
  if (!candidate) throw new Error('an exam without candidates');
  return { candidate, token: await tokenOf(service, candidate) };
}

const attemptsOf = (candidateId: string) =>
  stores.database.db
    .select()
    .from(attempt)
    .where(eq(attempt.candidateId, candidateId))
    .orderBy(attempt.number);

/** A form with one file, sent by hand: `sent` bytes of it arrive, then nothing. */
async function beginUpload(
  token: string,
  key: string,
  { total = 200_000, sent = 100_000 } = {},
): Promise<Socket> {
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="index.html"\r\n\r\n';
  const length = head.length + total + '\r\n--b--\r\n'.length;
  const socket = connect(service.port, '127.0.0.1');
  await once(socket, 'connect');
  const headers = [
    'POST /api/v1/hand-in/attempts HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${token}`,
    `idempotency-key: ${key}`,
    'content-type: multipart/form-data; boundary=b',
    `content-length: ${length}`,
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n${head}${'x'.repeat(sent)}`);
  return socket;
}

describe('the same key again', () => {
  it('gets the very same receipt, also when the first answer was lost', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    const first = await handIn(service, token, complete, { key });
    const again = await handIn(other, token, complete, { key });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual({ ...first.body, idempotent: true });
    expect(await attemptsOf(candidate.id)).toHaveLength(1);
    expect(service.handedIn.filter((id) => id === first.body.attempt)).toHaveLength(1);
  });

  it('with other files is refused: they must not vanish behind an old receipt', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    await handIn(service, token, complete, { key });
    const others = await handIn(service, token, { ...complete, 'index.html': '<p>改</p>' }, { key });
    expect([others.status, others.body.code]).toEqual([409, 'key-reused']);
    expect(await attemptsOf(candidate.id)).toHaveLength(1);
    expect((await handIn(service, token, { ...complete, 'index.html': '<p>改</p>' })).status).toBe(201);
  });

  it('is the same key for its candidate only', async () => {
    const key = newKey();
    const [one, two] = [await seated(), await seated()];
    const answers = [
      await handIn(service, one.token, complete, { key }),
      await handIn(service, two.token, complete, { key }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body.attempt).not.toBe(answers[1]?.body.attempt);
  });

  it('twenty times at once, through two processes, is one attempt and one receipt', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => handIn(index % 2 ? service : other, token, complete, { key })),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.receipt))).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 200)).toBe(true);
    expect(answers.filter(({ body }) => !body.idempotent)).toHaveLength(1);
    expect(await attemptsOf(candidate.id)).toMatchObject([{ state: 'complete', counts: true }]);
  });

  it('different keys at once are as many attempts, of which one counts', async () => {
    const { candidate, token } = await seated();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => handIn(index % 2 ? service : other, token, complete)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(201));
    const rows = await attemptsOf(candidate.id);
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(rows.filter(({ counts }) => counts).map(({ number }) => number)).toEqual([24]);
  });
});

describe('an upload that breaks off', () => {
  it('leaves an aborted attempt and no receipt, and its key is free again', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    const socket = await beginUpload(token, key);
    await expect.poll(() => attemptsOf(candidate.id)).toMatchObject([{ state: 'receiving' }]);
    socket.destroy();
    await expect.poll(() => attemptsOf(candidate.id)).toMatchObject([{ state: 'aborted', receipt: null }]);
    const again = await handIn(service, token, complete, { key });
    expect(again).toMatchObject({ status: 201, body: { number: 2, idempotent: false } });
  });

  it('lets the request that waited for it take its place', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    const socket = await beginUpload(token, key);
    await expect.poll(() => attemptsOf(candidate.id)).toMatchObject([{ state: 'receiving' }]);
    const waiting = handIn(service, token, complete, { key });
    await wait(100);
    socket.destroy();
    expect(await waiting).toMatchObject({ status: 201, body: { idempotent: false } });
    expect((await attemptsOf(candidate.id)).map(({ state }) => state)).toEqual(['aborted', 'complete']);
  });

  it('is no hand-in when the form has no end, or is no form', async () => {
    const { candidate, token } = await seated();
    const bodies = ['--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\nabc', 'abc', ''];
    for (const body of bodies) {
      const { status } = await ask(service, '/hand-in/attempts', {
        method: 'POST',
        headers: {
          ...bearer(token),
          'idempotency-key': newKey(),
          'content-type': 'multipart/form-data; boundary=b',
        },
        body,
      });
      expect(status).toBe(400);
    }
    expect((await attemptsOf(candidate.id)).map(({ state }) => state)).toEqual(Array(3).fill('aborted'));
  });

  it('408 when it takes longer than allowed', async () => {
    const slow = await startService(stores, { limits: { uploadMs: 200 } });
    const { token } = await seated();
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('--b\r\n')),
    });
    const init = {
      method: 'POST',
      headers: {
        ...bearer(token),
        'idempotency-key': newKey(),
        'content-type': 'multipart/form-data; boundary=b',
      },
      body,
      duplex: 'half',
    };
    const answer = await ask(slow, '/hand-in/attempts', init as RequestInit);
    expect(answer).toMatchObject({ status: 408, body: { code: 'too-slow' } });
    await slow.close();
  });

  it('GBK names of old programs are read', async () => {
    const { token } = await seated();
    const gbk = Buffer.from([0xb2, 0xe8, 0xd2, 0xb6]); // 茶叶
    const body = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="'),
      gbk,
      Buffer.from('\\index.html"\r\nContent-Type: text/html\r\n\r\n<p>\r\n--b--\r\n'),
    ]);
    const { body: answer } = await ask<{ receipt: { receipt: { files: { path: string }[] } } }>(
      service,
      '/hand-in/attempts',
      {
        method: 'POST',
        headers: {
          ...bearer(token),
          'idempotency-key': newKey(),
          'content-type': 'multipart/form-data; boundary=b',
        },
        body,
      },
    );
    expect(answer.receipt.receipt.files).toMatchObject([{ path: '茶叶/index.html', bytes: 3 }]);
  });
});

describe('a process that died', () => {
  /** What a kill between manifest and commit leaves: the row as it was, the manifest on disk. */
  async function undo(attemptId: string): Promise<void> {
    const { pool } = stores.database;
    await pool.query('delete from attempt_file where attempt_id = $1', [attemptId]);
    await pool.query(
      `update attempt set state = 'receiving', counts = false, receipt = null, manifest_sha256 = null,
         completed_at = null, problems = '[]', required_filled = null, required_total = null where id = $1`,
      [attemptId],
    );
  }

  it('after the manifest: the same key gets the receipt that was written', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    const first = await handIn(service, token, complete, { key });
    await undo(first.body.attempt);
    const again = await handIn(other, token, complete, { key });
    expect(again).toMatchObject({ status: 200, body: { ...first.body, idempotent: true } });
    expect(await attemptsOf(candidate.id)).toMatchObject([
      { state: 'complete', counts: true, receipt: first.body.receipt },
    ]);
  });

  it('after the manifest: the next start finishes what nobody asks for again', async () => {
    const { candidate, token } = await seated();
    const first = await handIn(service, token, complete);
    const [before] = await attemptsOf(candidate.id);
    await undo(first.body.attempt);
    const log = memoryLog();
    expect(await settleLeftovers({ ...stores, log })).toBe(1);
    expect(await attemptsOf(candidate.id)).toEqual([before]);
    expect(await settleLeftovers({ ...stores, log })).toBe(0);
  });

  it('before the manifest: nothing was promised, the key is received anew under its first time', async () => {
    const { candidate, token } = await seated();
    const key = newKey();
    const first = new Date(Date.now() - 60_000);
    await stores.database.pool.query(
      `insert into attempt (id, candidate_id, exam_id, number, idempotency_key, first_request_at)
       select 'att_left_' || id, id, exam_id, 1, $2, $3 from candidate where id = $1`,
      [candidate.id, key, first],
    );
    expect(await settleLeftovers({ ...stores, log: memoryLog() })).toBe(0);
    const { status, body } = await handIn(service, token, complete, { key });
    expect(status).toBe(201);
    expect(body.receipt.receipt.receivedAt).toBe(first.toISOString());
    expect(await attemptsOf(candidate.id)).toMatchObject([{ state: 'complete', number: 1 }]);
  });
});
