import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashSecret } from '../../src/access/password.ts';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { newId } from '../../src/database/id.ts';
import { candidate } from '../../src/database/schema/exams.ts';
import { createExam, examOf, setExamState } from '../../src/exams/exams.ts';
import { recordExam } from '../../src/exams/records.ts';
import { importRubric, publishRubric } from '../../src/exams/rubric-versions.ts';
import type { BlobStore } from '../../src/storage/blob-store.ts';
import { openFileBlobStore } from '../../src/storage/file-blob-store.ts';
import { type ManifestStore, openManifestStore } from '../../src/storage/manifest-store.ts';
import { freshDatabase } from './backends.ts';
import { temporaryFolder } from './folder.ts';
import { memoryLog } from './log.ts';

/** Everything that must survive, of one test file: a database of its own and stores in a temporary folder. */
export interface Stores {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly manifests: ManifestStore;
  readonly dataDir: string;
  close(): Promise<void>;
}

export async function openStores(): Promise<Stores> {
  const fresh = await freshDatabase();
  const dataDir = await temporaryFolder();
  const database = openDatabase({ url: fresh.url, log: memoryLog() });
  return {
    database,
    blobs: await openFileBlobStore(join(dataDir, 'blobs')),
    manifests: await openManifestStore(join(dataDir, 'manifests')),
    dataDir,
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}

/** A paper that no check is needed for: two files are asked for, a third is voluntary, one 素材 comes with it. */
const paperFiles: Record<string, string> = {
  'paper.yaml': `id: PAGE-9
title: 茶叶店首页
module: page
minutes: 60
slots:
  home: { path: index.html, kind: page }
  tea: { path: images/tea1.jpg, kind: image }
  extra: { path: notes.txt, kind: document, required: false }
items:
  - { id: page-6.look, criterion: page-6, text: 美观, points: 100, by: examiner }
`,
  'task.md': '# 任务\n制作首页。\n',
  'materials/图片/tea.txt': '素材：茶',
};

/** Imports and publishes the test paper. @returns its version */
export async function publishPaper(stores: Stores, changes: Record<string, string> = {}): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries({ ...paperFiles, ...changes })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const note = { author: 'test', reason: 'test' };
  const { version } = await importRubric(stores, folder, new Map(), note);
  await publishRubric(stores, version);
  return version;
}

/** The PIN of every candidate; hashed once, because hashing takes long on purpose. */
export const pin = '135790';
let pinHash: Promise<string> | undefined;

export interface TestCandidate {
  readonly id: string;
  readonly ticket: string;
  readonly pin: string;
}

export interface TestExam {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly session: string;
  readonly candidates: readonly TestCandidate[];
}

export interface ExamWishes {
  /** How many; 3 unless given. */
  readonly candidates?: number;
  /** Minutes from now; the session began half an hour ago and lasts half an hour more unless given. */
  readonly startsIn?: number;
  readonly endsIn?: number;
  readonly graceSeconds?: number;
  readonly state?: 'draft' | 'open' | 'closed';
  /** A version published before; the test paper's unless given. */
  readonly version?: string;
}

let tickets = 43_070_000;

/** A published paper in an exam that runs now, with candidates in 机房1, seats from 1. */
export async function openExam(stores: Stores, wishes: ExamWishes = {}): Promise<TestExam> {
  const { candidates = 3, startsIn = -30, endsIn = 30, graceSeconds = 60, state = 'open' } = wishes;
  const version = wishes.version ?? (await publishPaper(stores));
  const from = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
  const session = { name: '第一场', startsAt: from(startsIn), endsAt: from(endsIn), graceSeconds };
  const name = '电子商务技能考核';
  const wanted = { name, createdBy: 'test', versions: [version], sessions: [session] };
  const { id: examId } = await createExam(stores, wanted);
  const { sessions, papers } = await examOf(stores.database, examId);
  const [sat] = sessions;
  const [paper] = papers;
  if (!sat || !paper) throw new Error('the exam has no session or no paper');
  pinHash ??= hashSecret(pin);
  const hash = await pinHash;
  const rows = Array.from({ length: candidates }, (_, index) => ({
    id: newId('cand'),
    examId,
    sessionId: sat.id,
    ticket: String(++tickets),
    name: `考生${index + 1}`,
    module: 'page',
    paperId: paper.paper,
    room: '机房1',
    seat: String(index + 1),
    pinHash: hash,
    blindNumber: index + 1,
  }));
  if (rows.length > 0) await stores.database.db.insert(candidate).values(rows);
  await stores.database.transaction((tx) => recordExam(tx, stores.manifests, examId));
  if (state !== 'draft') await setExamState(stores, examId, 'open');
  if (state === 'closed') await setExamState(stores, examId, 'closed');
  return {
    id: examId,
    name,
    version,
    session: sat.id,
    candidates: rows.map(({ id, ticket }) => ({ id, ticket, pin })),
  };
}
