import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recovered } from '../../src/intake/recover.ts';
import { filesOf, prepareExam, rowsOf, type Sitting } from './installation.ts';
import { kaoping, kaopingJson, newInstallation, type Service, type Settings, serve } from './program.ts';
import { allGraded, enter, type HandedIn, handIn, read, signIn, statusOf } from './terminal.ts';

/** What is written down beside the bytes; accounts, tokens and results are made anew. */
const writtenDown = [
  'rubric_version',
  'rubric_material',
  'exam',
  'exam_session',
  'exam_paper',
  'candidate',
  'attempt',
  'attempt_file',
];

const home = '<html><head><title>湘茗</title></head></html>';
const whole = { 'index.html': home, 'tea.txt': '茶' };
const half = { 'index.html': home };

let settings: Settings;
let sittings: Sitting[];
let before: Record<string, string[]>;
let files: Record<string, string | null>;
const handedIn: HandedIn[] = [];

/** Ten hand-ins of three: a later poor one must not count, of two whole ones the later must. */
async function tenHandIns({ address }: Service): Promise<void> {
  const plans: Record<string, string>[][] = [
    [half, whole, half, whole],
    [whole, half, { 'notes.txt': '只有笔记' }],
    [half, { 'tea.txt': '茶' }, { '别的.txt': '只此一份' }],
  ];
  for (const [index, plan] of plans.entries()) {
    const sitting = sittings[index];
    if (!sitting) throw new Error('the exam has too few candidates');
    const token = await enter(address, sitting);
    for (const [number, wanted] of plan.entries()) {
      const content = { ...wanted, [`第${number + 1}次.txt`]: `${sitting.ticket} ${number}` };
      handedIn.push(await handIn(address, token, `try-${number}`, content));
    }
  }
}

const loseDatabase = () => rm(join(settings.DATA_DIR ?? '', 'postgres'), { recursive: true });
const recover = () => kaopingJson<Recovered>(settings, 'recover');

beforeAll(async () => {
  settings = await newInstallation();
  const service = await serve(settings);
  sittings = await prepareExam(settings, 3);
  await tenHandIns(service);
  await allGraded(service.address, await signIn(service.address, 'admin', service.password ?? ''), 10);
  await service.stop();
  before = await rowsOf(settings, writtenDown);
  files = await filesOf(settings);
}, 240_000);

describe('recover, when the database is lost', () => {
  it('brings back every row that was written down, exactly as it was', async () => {
    expect(before.attempt).toHaveLength(10);
    await loseDatabase();
    const recovered = await recover();
    expect(recovered).toEqual({
      rubrics: 1,
      exams: 1,
      candidates: 3,
      attempts: 10,
      present: 0,
      problems: [],
    });
    expect(await rowsOf(settings, writtenDown)).toEqual(before);
    expect(await filesOf(settings)).toEqual(files);
  }, 120_000);

  it('changes nothing when it runs again', async () => {
    expect(await recover()).toEqual({
      rubrics: 0,
      exams: 0,
      candidates: 0,
      attempts: 0,
      present: 10,
      problems: [],
    });
    expect(await rowsOf(settings, writtenDown)).toEqual(before);
  }, 120_000);
});

describe('after a recovery, a service', () => {
  let service: Service;
  beforeAll(async () => {
    service = await serve(settings);
  }, 120_000);
  afterAll(() => service.stop());

  it('lets candidates in with ticket and PIN, and shows them the same attempts', async () => {
    const [first] = sittings;
    if (!first) throw new Error('no candidate');
    const token = await enter(service.address, first);
    const { attempts } = await statusOf(service.address, token);
    expect(attempts).toMatchObject([
      { number: 4, counts: true },
      { number: 3, counts: false },
      { number: 2, counts: false },
      { number: 1, counts: false },
    ]);
  });

  it('answers a hand-in that is repeated with the receipt of then', async () => {
    const [first] = sittings;
    const [then] = handedIn;
    if (!first || !then) throw new Error('no hand-in');
    const again = await handIn(service.address, await enter(service.address, first), 'try-0', {
      ...half,
      '第1次.txt': `${first.ticket} 0`,
    });
    expect(again).toMatchObject({ attempt: then.attempt, receipt: then.receipt, idempotent: true });
  });

  it('gives its receipts that still verify', async () => {
    const file = join(settings.DATA_DIR ?? '', 'receipt.json');
    await writeFile(file, JSON.stringify(handedIn[3]?.receipt));
    expect(await kaopingJson(settings, 'verify-receipt', file)).toMatchObject({ valid: true });
  });

  it('grades everything anew by itself', async () => {
    const bearer = await signIn(service.address, 'admin', service.password ?? '');
    const graded = await allGraded(service.address, bearer, 10);
    expect(graded.filter(({ counts }) => counts)).toHaveLength(3);
    expect(graded.find(({ attemptId }) => attemptId === handedIn[3]?.attempt)).toMatchObject({
      state: 'graded',
      settled: 40,
    });
  }, 120_000);

  it('may have a recovery beside it, and goes on', async () => {
    expect(await recover()).toMatchObject({ attempts: 0, present: 10, problems: [] });
    expect(await read(service.address, await adminOf(service), '/exams')).toMatchObject({
      items: [{ state: 'open' }],
    });
  }, 120_000);
});

const adminOf = (service: Service) => signIn(service.address, 'admin', service.password ?? '');

describe('recover, when files are damaged too', () => {
  it('reports each, ends with 1, and brings the rest back', async () => {
    const dataDir = settings.DATA_DIR ?? '';
    const [blob, missing] = await blobsOf(handedIn[9]);
    const manifests = join(dataDir, 'manifests');
    const exam = handedIn[0]?.receipt.receipt.exam.id ?? '';
    const manifest = join(manifests, exam, `${handedIn[4]?.attempt}.json`);
    const stranger = join(manifests, exam, 'att_stranger.json');
    await overwrite(join(dataDir, 'blobs', blob ?? ''), '别的字节');
    await rm(join(dataDir, 'blobs', missing ?? ''));
    await overwrite(manifest, '{"kind": "attem');
    await writeFile(stranger, '{"kind": "something else"}');
    await loseDatabase();

    const dry = await kaoping(settings, 'recover', '--dry-run');
    expect([dry.code, dry.stdout.split('\n')[0]]).toEqual([1, 'changed nothing; found 4 problems']);
    expect((await rowsOf(settings, ['attempt'])).attempt).toEqual([]);

    const { code, stdout } = await kaoping(settings, 'recover', '--json');
    const { problems, ...counts } = JSON.parse(stdout) as Recovered;
    expect(code).toBe(1);
    expect(counts).toEqual({ rubrics: 1, exams: 1, candidates: 3, attempts: 9, present: 0 });
    const told = problems.map(({ where, problem }) => `${where}: ${problem}`).join('\n');
    expect(problems).toHaveLength(4);
    expect(told).toContain(`attempt ${handedIn[9]?.attempt}: `);
    expect(told).toContain('are damaged');
    expect(told).toContain('are missing');
    expect(told).toContain(`${exam}/${handedIn[4]?.attempt}.json`);
    expect(told).toContain('att_stranger.json');
    // All but the hand-in whose manifest is gone, and what follows from it: which one counts is decided among the others.
    const attempts = (await rowsOf(settings, ['attempt'])).attempt ?? [];
    const others = before.attempt?.filter((row) => !row.includes(`"${handedIn[4]?.attempt}"`)) ?? [];
    const idsOf = (rows: string[]) => rows.map((row) => (JSON.parse(row) as { id: string }).id).sort();
    expect(idsOf(attempts)).toEqual(idsOf(others));
  }, 240_000);
});

/** Paths below blobs/ of what was handed in. */
async function blobsOf(one: HandedIn | undefined): Promise<string[]> {
  const names = await readdir(join(settings.DATA_DIR ?? '', 'blobs'), { recursive: true });
  const wanted = one?.receipt.receipt.files.map(({ sha256 }) => sha256) ?? [];
  const others = new Set(
    handedIn
      .filter((other) => other !== one)
      .flatMap(({ receipt }) => receipt.receipt.files.map((f) => f.sha256)),
  );
  return names.filter((name) => wanted.some((sha256) => name.endsWith(sha256) && !others.has(sha256)));
}

/** Stored files are read-only. */
async function overwrite(path: string, content: string): Promise<void> {
  await chmod(path, 0o600);
  await writeFile(path, content);
}
