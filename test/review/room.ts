import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { InjectOptions } from 'fastify';
import { checks } from '../../graders/checks/registry.ts';
import type { Breakdown, BreakdownItem } from '../../rubrics/breakdown.ts';
import { addAccount } from '../../src/access/accounts.ts';
import { type Role, roleSchema } from '../../src/access/role.ts';
import { auditRoutes } from '../../src/audit/routes.ts';
import { newId } from '../../src/database/id.ts';
import { attempt, attemptFile } from '../../src/database/schema/intake.ts';
import { importRubric, publishRubric } from '../../src/exams/rubric-versions.ts';
import { beginRun, ensureRuns, recordResult } from '../../src/grading/queries.ts';
import { resultRoutes } from '../../src/results/routes.ts';
import { openExhibits } from '../../src/review/exhibits.ts';
import { reviewFileRoutes } from '../../src/review/file-routes.ts';
import { processRoutes } from '../../src/review/process-routes.ts';
import { reviewRoutes } from '../../src/review/routes.ts';
import type { Marked, Review, ReviewLine } from '../../src/review/schema.ts';
import type { SubmissionParts } from '../../src/review/submission.ts';
import { createWorks } from '../../src/review/work.ts';
import { openFileBlobStore } from '../../src/storage/file-blob-store.ts';
import { openManifestStore } from '../../src/storage/manifest-store.ts';
import { gradeSample } from '../samples/grading.ts';
import { openTestApp, type TestApp } from '../support/app.ts';
import { openExam, type Stores, type TestExam } from '../support/exam.ts';
import { temporaryFolder } from '../support/folder.ts';

const papers = fileURLToPath(new URL('../../rubrics/papers/', import.meta.url));
const samples = fileURLToPath(new URL('../../samples/', import.meta.url));

/** A marking room on the real HTTP side: graded work of real samples, and accounts of every role. */
export interface Room {
  readonly test: TestApp;
  readonly stores: Stores;
  readonly parts: SubmissionParts;
  close(): Promise<void>;
}

export async function openRoom(): Promise<Room> {
  const dataDir = await temporaryFolder();
  const blobs = await openFileBlobStore(join(dataDir, 'blobs'));
  const manifests = await openManifestStore(join(dataDir, 'manifests'));
  const exhibits = await openExhibits(blobs, join(dataDir, 'review'));
  const opened: { parts?: SubmissionParts } = {};
  const test = await openTestApp((database) => {
    const parts = { database, works: createWorks(database), exhibits };
    opened.parts = parts;
    return [
      reviewRoutes(parts),
      reviewFileRoutes({ ...parts, blobs }),
      processRoutes(parts),
      resultRoutes(parts),
      auditRoutes({ database }),
    ];
  });
  const { parts } = opened;
  if (!parts) throw new Error('the routes were not registered');
  const close = async () => {
    await test.close();
    await exhibits.close();
  };
  return { test, parts, stores: { database: test.database, blobs, manifests, dataDir, close }, close };
}

let accounts = 0;
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly headers: { authorization: string };
}

/** Signs somebody new in. */
export async function person({ test }: Room, ...roles: Role[]): Promise<Account> {
  const name = `${roles.join('-')}-${++accounts}`;
  const password = 'a long password of nobody';
  const { id } = await addAccount(test.database, { name, displayName: `${name} 老师`, password, roles });
  return { id, name, headers: await test.signIn(name, password) };
}

/** One account of each role, and nobody. */
export async function everyRole(room: Room): Promise<Record<Role | 'nobody', Partial<Account>>> {
  const people = await Promise.all(roleSchema.options.map(async (role) => [role, await person(room, role)]));
  return { ...Object.fromEntries(people), nobody: {} };
}

const imported = new WeakMap<Stores, Map<string, Promise<string>>>();

/** Imports and publishes one of the ten papers, once per database. @returns its version */
export function publishPaperOf(stores: Stores, paper: string): Promise<string> {
  const known = imported.get(stores) ?? new Map<string, Promise<string>>();
  imported.set(stores, known);
  const publish = async () => {
    const note = { author: 'test', reason: 'test' };
    const { version } = await importRubric(stores, join(papers, paper), checks, note);
    await publishRubric(stores, version);
    return version;
  };
  const version = known.get(paper) ?? publish();
  known.set(paper, version);
  return version;
}

/** Hands a sample's files in for a candidate and records what the graders say of it, as intake and workers do. */
export async function handInGraded(
  room: Room,
  exam: TestExam,
  candidateId: string,
  sample: string,
): Promise<Breakdown> {
  const { breakdown } = await gradeSample(sample);
  const folder = join(samples, sample, 'submission');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, Buffer> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const full = join(entry.parentPath, entry.name);
    files[full.slice(folder.length + 1)] = await readFile(full);
  }
  return handInFiles(room, exam, candidateId, files, breakdown);
}

/** Hands files in and records a breakdown for them. */
export async function handInFiles(
  { stores }: Room,
  exam: TestExam,
  candidateId: string,
  files: Readonly<Record<string, Uint8Array>>,
  breakdown: Breakdown,
): Promise<Breakdown> {
  const { db } = stores.database;
  const attemptId = newId('att');
  await db.insert(attempt).values({
    id: attemptId,
    candidateId,
    examId: exam.id,
    number: 1,
    idempotencyKey: attemptId,
    state: 'complete',
    firstRequestAt: new Date(),
    completedAt: new Date(),
    manifestSha256: 'a'.repeat(64),
    counts: true,
  });
  const rows = [];
  for (const [position, [path, bytes]] of Object.entries(files).entries()) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await stores.blobs.put(Readable.from([bytes]), { expectedSha256: sha256, maxBytes: bytes.length });
    rows.push({ attemptId, path, bytes: bytes.length, sha256, position });
  }
  await db.insert(attemptFile).values(rows);
  const [run] = await ensureRuns(db, [{ attemptId, rubricVersion: exam.version, graderVersion: 'test' }]);
  const begun = run && (await beginRun(db, run.id, 'test'));
  if (!begun) throw new Error('the run could not begin');
  const recorded = {
    ...breakdown,
    submission: candidateId,
    rubricVersion: exam.version,
    graderVersion: 'test',
  };
  await recordResult(db, begun, recorded, null);
  return recorded;
}

/** An exam on one paper with graded work for each candidate. */
export async function gradedExam(room: Room, paper: string, work: readonly string[]): Promise<TestExam> {
  const version = await publishPaperOf(room.stores, paper);
  const exam = await openExam(room.stores, { version, candidates: work.length });
  for (const [index, sample] of work.entries())
    await handInGraded(room, exam, exam.candidates[index]?.id ?? '', sample);
  return exam;
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly raw: Buffer;
}

/** Asks below /api/v1. An unforeseen error fails the test at once. */
export async function ask<T>(
  { test }: Room,
  who: Partial<Account>,
  path: string,
  init: InjectOptions = {},
): Promise<Answer<T>> {
  const headers = { ...init.headers, ...who.headers };
  const answer = await test.app.inject({ ...init, headers, url: `/api/v1${path}` });
  if (answer.statusCode === 500) throw new Error(`${path}: ${answer.body}`);
  const isJson = String(answer.headers['content-type']).includes('json');
  const body = (isJson ? answer.json() : answer.body) as T;
  return { status: answer.statusCode, body, headers: answer.headers, raw: answer.rawPayload };
}

export const open = async (room: Room, who: Account, candidate: string): Promise<Review> =>
  (await ask<Review>(room, who, `/review/submissions/${candidate}`)).body;

export interface MarkWish {
  readonly points: number | null;
  readonly seen?: string | null;
  readonly doubt?: boolean;
  readonly comment?: string;
}

export interface Refused {
  readonly code: string;
  readonly title: string;
}

export const mark = (room: Room, who: Partial<Account>, candidate: string, item: string, wish: MarkWish) =>
  ask<Marked & Refused>(room, who, `/review/submissions/${candidate}/items/${item}`, {
    method: 'PUT',
    payload: { seen: null, ...wish },
  });

export const next = (room: Room, who: Account, wishes: object = {}) =>
  ask<ReviewLine & Refused>(room, who, '/review/next', { method: 'POST', payload: wishes });

export const list = async (room: Room, who: Account, query = ''): Promise<ReviewLine[]> =>
  (await ask<{ items: ReviewLine[] }>(room, who, `/review/submissions${query}`)).body.items;

/** The item of a breakdown that fits. */
export function pick(breakdown: Breakdown, fits: (item: BreakdownItem) => boolean): BreakdownItem {
  const found = breakdown.criteria.flatMap(({ items }) => items).find(fits);
  if (!found) throw new Error('no such item in the breakdown');
  return found;
}
