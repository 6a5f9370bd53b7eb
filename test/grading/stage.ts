import { addAccount } from '../../src/access/accounts.ts';
import { addApiToken } from '../../src/access/api-tokens.ts';
import type { Role } from '../../src/access/role.ts';
import { type Context, openContext } from '../../src/bin/context.ts';
import { type Serving, startServing } from '../../src/bin/serving.ts';
import { startWorking, type Working } from '../../src/bin/working.ts';
import { readConfig } from '../../src/config.ts';
import { seatingOf } from '../../src/exams/candidate-identity.ts';
import type { Submission } from '../../src/grading/schema.ts';
import { issueCandidateToken } from '../../src/intake/candidate-tokens.ts';
import { openExam, openStores, type Stores, type TestExam } from '../support/exam.ts';
import { publishPage1 } from './attempts.ts';

/** A whole service inside the test's process, on a database of its own: what `serve` starts, in two halves. */
export interface Stage {
  readonly stores: Stores;
  readonly exam: TestExam;
  readonly context: Context;
  readonly serving: Serving;
  /** Starts the working half (again); stopped with the stage unless it was before. */
  work(): Promise<Working>;
  /** A request with this person's token. */
  ask(who: Who, path: string, init?: RequestInit): Promise<Response>;
  list(who: Who, query?: string): Promise<{ items: Submission[]; next: string | null }>;
  /** Hands in over HTTP as the exam's candidate of this position. @returns the attempt */
  handIn(position: number, key: string, files?: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

export type Who = Role | 'nobody' | 'candidate';

const roles: readonly Role[] = ['administrator', 'examiner', 'invigilator'];
const page = { 'index.html': '<html><title>安化黑茶</title></html>' };

export async function openStage(): Promise<Stage> {
  const stores = await openStores();
  const exam = await openExam(stores, { version: await publishPage1(stores), candidates: 5 });
  const config = readConfig({
    DATABASE_URL: stores.database.url,
    DATA_DIR: stores.dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    GRADERS: '1',
    MIN_FREE_DISK_MB: '0',
  });
  const context = await openContext({ config, name: 'test' });
  const serving = await startServing(context);
  const tokens = new Map<Who, string>();
  for (const role of roles) tokens.set(role, await tokenOf(stores, role));
  tokens.set('candidate', await candidateToken(stores, exam, 0));
  const working: Working[] = [];

  const ask: Stage['ask'] = (who, path, init = {}) => {
    const token = tokens.get(who);
    const headers = { ...(token && { authorization: `Bearer ${token}` }), ...init.headers };
    return fetch(`${serving.address}/api/v1${path}`, { ...init, headers });
  };
  return {
    stores,
    exam,
    context,
    serving,
    ask,
    async work() {
      const started = await startWorking(context);
      working.push(started);
      return started;
    },
    list: async (who, query = '') => {
      const answer = await ask(who, `/submissions?${query}`);
      return (await answer.json()) as { items: Submission[]; next: string | null };
    },
    async handIn(position, key, files = page) {
      const form = new FormData();
      for (const [path, text] of Object.entries(files)) form.append('file', new Blob([text]), path);
      const answer = await fetch(`${serving.address}/api/v1/hand-in/attempts`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await candidateToken(stores, exam, position)}`,
          'idempotency-key': key,
        },
        body: form,
      });
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { attempt: string }).attempt;
    },
    async close() {
      await serving.stop();
      for (const each of working) await each.stop(0);
      await context.close();
      await stores.close();
    },
  };
}

async function tokenOf({ database }: Stores, role: Role): Promise<string> {
  const { id } = await addAccount(database, {
    name: role,
    displayName: role,
    password: `${role}-password`,
    roles: [role],
    mustChangePassword: false,
  });
  return (await addApiToken(database, { accountId: id, name: 'test', roles: [role], expiresAt: null })).token;
}

async function candidateToken({ database }: Stores, exam: TestExam, position: number): Promise<string> {
  const seating = await seatingOf(database, exam.candidates[position]?.id ?? '');
  if (!seating) throw new Error(`nobody sits at position ${position}`);
  return (await issueCandidateToken(database, seating)).token;
}
