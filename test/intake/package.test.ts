import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeZip, type ZipMember } from '../../samples/make/zip-writer.ts';
import { createInspect } from '../../src/intake/inspect.ts';
import { openExam, openStores, publishPaper, type Stores } from '../support/exam.ts';
import { makeRar5 } from '../support/make-rar.ts';
import { type Files, handIn, startService, type TestService, tokenOf } from './service.ts';

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

/** What the terminal is told about these files. */
async function told(files: Files) {
  const { candidates } = await openExam(stores, { version, candidates: 1 });
  const token = await tokenOf(service, candidates[0] ?? { id: '', ticket: '', pin: '' });
  const { status, body } = await handIn(service, token, files);
  expect(status).toBe(201);
  const problems = body.problems.map(({ code, path }) => `${code} ${path}`);
  return { complete: body.complete, missing: body.missing, problems, body };
}

const zip = (...members: ZipMember[]): Uint8Array<ArrayBuffer> => new Uint8Array(makeZip(members));
const work: ZipMember[] = [
  { name: '我的作品/index.html', data: '<p>', encoding: 'gbk' },
  { name: '我的作品/images/tea1.jpg', data: 'jpeg', encoding: 'gbk' },
];

describe('the terminal is told at once', () => {
  it('nothing, when all is there: as files, in a folder, in a zip with names in GBK', async () => {
    const fine = { complete: true, missing: [], problems: [] };
    expect(await told({ 'index.html': 'a', 'images/tea1.jpg': 'b' })).toMatchObject(fine);
    expect(await told({ '作品/index.html': 'a', '作品/images/tea1.jpg': 'b' })).toMatchObject(fine);
    expect(await told({ '43070001.zip': zip(...work) })).toMatchObject(fine);
  });

  it('which required files are missing, and never the voluntary ones', async () => {
    const { complete, missing, body } = await told({ 'images/tea1.jpg': 'b' });
    expect([complete, missing]).toEqual([false, ['index.html']]);
    expect(body.problems[0]).toEqual({
      path: 'index.html',
      code: 'missing-file',
      message: '没有找到试题要求的文件“index.html”，请检查文件名后补交。',
    });
  });

  it('of shortcuts, lock files and empty files instead of work', async () => {
    const { complete, problems } = await told({
      'index.html.lnk': 'L',
      '~$index.docx': 'x',
      'images/tea1.jpg': '',
    });
    expect(complete).toBe(false);
    expect(problems.sort()).toEqual([
      'empty-file images/tea1.jpg',
      'missing-file images/tea1.jpg',
      'missing-file index.html',
      'shortcut-file index.html.lnk',
      'shortcut-lock ~$index.docx',
    ]);
  });

  it('of an archive with a password or cut off: then nothing is called missing', async () => {
    const locked = await told({ 'a.zip': zip(...work.map((one) => ({ ...one, encrypted: true }))) });
    expect(locked).toMatchObject({ complete: false, missing: [], problems: ['encrypted-archive a.zip'] });
    const cut = await told({ 'a.zip': zip(...work).subarray(0, 60) });
    expect(cut).toMatchObject({ complete: false, missing: [], problems: ['truncated-archive a.zip'] });
  });

  it('that a RAR is there but was not looked into', async () => {
    const rar = new Uint8Array(makeRar5([{ name: 'index.html', data: 'x' }]));
    const { body, ...rest } = await told({ 'a.rar': rar });
    expect(rest).toEqual({ complete: false, missing: [], problems: ['not-inspected a.rar'] });
    expect(body.problems[0]?.message).toContain('已完整收到');
  });

  it('a hundred problems at most', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ name: `../${index}.txt`, data: 'x' }));
    expect((await told({ 'a.zip': zip(...many, ...work) })).problems).toHaveLength(100);
  });
});

describe('an inspection', () => {
  const files = [{ path: 'a', bytes: 1, sha256: '0'.repeat(64) }];
  const failed = {
    problems: [{ path: '', code: 'not-inspected' }],
    filling: { requiredFilled: 0, requiredTotal: 1, missing: [] },
  };
  const log = { error: () => undefined };

  it('that fails is told, and never counts as complete', async () => {
    const inspect = createInspect({ blobs: stores.blobs, log, slotsOf: async () => ({}) });
    expect(await inspect(files, version)).toMatchObject(failed);
  });

  it('that takes too long is given up', async () => {
    const slotsOf = () => new Promise<never>(() => undefined);
    const inspect = createInspect({ blobs: stores.blobs, log, slotsOf, patienceMs: 20 });
    const { sha256, bytes } = await stores.blobs.put(
      (async function* () {
        yield Buffer.from('x');
      })(),
      { maxBytes: 1 },
    );
    expect(await inspect([{ path: 'a', bytes, sha256 }], version)).toMatchObject(failed);
  });

  it('asks for the paper of a version once, and again after a failure', async () => {
    let asked = 0;
    const slotsOf = async () => {
      asked += 1;
      if (asked === 1) throw new Error('the database is away');
      return {};
    };
    const inspect = createInspect({ blobs: stores.blobs, log, slotsOf });
    expect(await inspect([], version)).toMatchObject(failed);
    expect((await inspect([], version)).problems).toEqual([]);
    expect((await inspect([], version)).problems).toEqual([]);
    expect(asked).toBe(2);
  });
});
