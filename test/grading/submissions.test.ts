import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graderVersion } from '../../graders/version.ts';
import { ensureRuns, giveUpRun } from '../../src/grading/queries.ts';
import type { Submission } from '../../src/grading/schema.ts';
import { handedInBy } from './attempts.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let attempts: string[];
const bytes = Buffer.from('<script>alert(1)</script>');

beforeAll(async () => {
  stage = await openStage();
  attempts = [];
  for (const candidate of stage.exam.candidates) {
    attempts.push(
      await handedInBy(stage.stores, stage.exam, candidate, {
        'index.html': '<html></html>',
        '图片/"茶"\r\n;1.html': bytes,
      }),
    );
  }
});
afterAll(() => stage.close());

const graded = (attemptId: string) =>
  ensureRuns(stage.stores.database.db, [{ attemptId, rubricVersion: stage.exam.version, graderVersion }]);
const at = (index: number): string => attempts[index] ?? '';
const idsOf = ({ items }: { items: Submission[] }) => items.map(({ attemptId }) => attemptId);

describe('the list of submissions', () => {
  it('is for examiners and administrators', async () => {
    for (const [who, status] of [
      ['nobody', 401],
      ['candidate', 403],
      ['invigilator', 403],
    ] as const) {
      expect((await stage.ask(who, '/submissions')).status).toBe(status);
      expect((await stage.ask(who, `/submissions/${at(0)}`)).status).toBe(status);
      expect((await stage.ask(who, `/submissions/${at(0)}/files/0`)).status).toBe(status);
    }
  });

  it('comes in pages, in the order of arrival', async () => {
    const pages: Submission[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, next }: { items: Submission[]; next: string | null } = await stage.list(
        'examiner',
        `limit=2${cursor && `&cursor=${cursor}`}`,
      );
      pages.push(items);
      cursor = next;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().map(({ attemptId }) => attemptId)).toEqual(attempts);
  });

  it('shows an examiner the blind number and an administrator the ticket too', async () => {
    const [blind] = (await stage.list('examiner')).items;
    const [named] = (await stage.list('administrator')).items;
    expect(blind).toMatchObject({
      blindNumber: 1,
      ticket: null,
      paper: 'PAGE-1',
      module: 'page',
      state: 'received',
    });
    expect(named).toEqual({ ...blind, ticket: stage.exam.candidates[0]?.ticket });
    const detail = await stage.ask('examiner', `/submissions/${at(0)}`);
    const text = await detail.text();
    expect(text).not.toContain(stage.exam.candidates[0]?.ticket);
    expect(text).not.toContain('考生1');
  });

  it('can be narrowed by exam, paper, module, state and what counts', async () => {
    const { db } = stage.stores.database;
    await graded(at(0));
    const [run] = await graded(at(1));
    await giveUpRun(db, run?.id ?? '', { code: 'grading-failed', text: '初评未能完成。' });
    await db.execute(sql`update attempt set counts = true where id = ${at(2)}`);
    const { id } = stage.exam;
    const found = async (query: string) => idsOf(await stage.list('examiner', query));
    expect(await found('state=queued')).toEqual([at(0)]);
    expect(await found('state=attention')).toEqual([at(1)]);
    expect(await found('state=received')).toEqual(attempts.slice(2));
    expect(await found('state=graded')).toEqual([]);
    expect(await found('counting=true')).toEqual([at(2)]);
    expect(await found('counting=false')).toHaveLength(4);
    expect(await found(`exam=${id}&paper=PAGE-1&module=page`)).toEqual(attempts);
    expect(await found('exam=another')).toEqual([]);
    expect(await found('paper=PAGE-2')).toEqual([]);
    expect(await found('module=shop')).toEqual([]);
    expect((await stage.ask('examiner', '/submissions?state=lost')).status).toBe(400);
    const [{ reason } = { reason: null }] = (await stage.list('examiner', 'state=attention')).items;
    expect(reason).toEqual({ code: 'grading-failed', text: '初评未能完成。' });
  });
});

describe('a file of a submission', () => {
  it('comes byte for byte and never as a page of ours, whatever it is called', async () => {
    const answer = await stage.ask('examiner', `/submissions/${at(0)}/files/1`);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('"茶"\r\n;1.html')}`,
      'content-length': String(bytes.length),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
    });
  });

  it.each(['files/2', 'files/-1', 'files/x'])('is told to be missing when it is: %s', async (path) => {
    const { status } = await stage.ask('examiner', `/submissions/${at(0)}/${path}`);
    expect(status).toBe(path === 'files/2' ? 404 : 400);
  });

  it('is told to be missing when its submission is', async () => {
    expect((await stage.ask('examiner', '/submissions/att_none/files/0')).status).toBe(404);
    expect((await stage.ask('examiner', '/submissions/att_none')).status).toBe(404);
  });
});

describe('grading again what was given up', () => {
  const again = (who: 'administrator' | 'examiner', attempt: string) =>
    stage.ask(who, `/submissions/${attempt}/grading`, { method: 'POST' });

  it('is the administrator’s to ask, once, and only for what was given up', async () => {
    const [run] = await graded(at(3));
    const runId = run?.id ?? '';
    expect((await again('administrator', at(3))).status).toBe(409);
    await giveUpRun(stage.stores.database.db, runId, { code: 'grading-failed', text: '' });
    expect((await again('examiner', at(3))).status).toBe(403);
    const answer = await again('administrator', at(3));
    expect([answer.status, await answer.json()]).toEqual([202, { run: runId }]);
    expect(idsOf(await stage.list('examiner', 'state=queued'))).toContain(at(3));
    const refused = await again('administrator', at(3));
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'nothing-to-repeat' }]);
  });

  it('ends with a result once a worker is there', async () => {
    await stage.work();
    for (;;) {
      const answer = await stage.ask('administrator', `/submissions/${at(3)}`);
      const { state, breakdown, settled } = (await answer.json()) as Submission & { breakdown: unknown };
      if (state !== 'graded') continue;
      expect(breakdown).toMatchObject({ paper: 'PAGE-1', attempt: expect.any(Number), total: { settled } });
      return;
    }
  });
});
