import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { checks } from '../../graders/checks/registry.ts';
import { papersFolder } from '../../src/bin/papers.ts';
import { newId } from '../../src/database/id.ts';
import { gradingResult, gradingRun } from '../../src/database/schema/grading.ts';
import { attempt, attemptFile } from '../../src/database/schema/intake.ts';
import { importRubric, publishRubric } from '../../src/exams/rubric-versions.ts';
import type { Stores, TestCandidate, TestExam } from '../support/exam.ts';

/** Imports and publishes PAGE-1 as it is. @returns its version */
export async function publishPage1(stores: Stores): Promise<string> {
  const folder = join(papersFolder, 'PAGE-1');
  const { version } = await importRubric(stores, folder, checks, { author: 'test', reason: 'test' });
  await publishRubric(stores, version);
  return version;
}

/** A complete hand-in, as intake leaves it behind: bytes in the store, rows committed. @returns its id */
export async function handedInBy(
  stores: Stores,
  { id: examId }: Pick<TestExam, 'id'>,
  { id: candidateId }: Pick<TestCandidate, 'id'>,
  files: Record<string, string | Uint8Array> = { 'index.html': '<html><title>安化黑茶</title></html>' },
): Promise<string> {
  const { db } = stores.database;
  const id = newId('att');
  const now = new Date();
  await db.insert(attempt).values({
    id,
    candidateId,
    examId,
    number: (await db.$count(attempt)) + 1,
    idempotencyKey: randomUUID(),
    firstRequestAt: now,
    completedAt: now,
    manifestSha256: createHash('sha256').update(id).digest('hex'),
    state: 'complete',
  });
  for (const [position, [path, content]] of Object.entries(files).entries()) {
    const { sha256, bytes } = await stores.blobs.put(Readable.from([Buffer.from(content)]), {
      maxBytes: 2 ** 30,
    });
    await db.insert(attemptFile).values({ attemptId: id, path, bytes, sha256, position });
  }
  return id;
}

export const runsOf = ({ database: { db } }: Stores) => db.select().from(gradingRun).orderBy(gradingRun.id);

export const resultsOf = ({ database: { db } }: Stores) =>
  db.select().from(gradingResult).orderBy(gradingResult.id);
