import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { addAccount, recogniseSession } from '../../src/access/accounts.ts';
import { recogniseApiToken } from '../../src/access/api-tokens.ts';
import { createGuard } from '../../src/access/guard.ts';
import { accessRoutes } from '../../src/access/routes.ts';
import { type Limits, readConfig } from '../../src/config.ts';
import { examRoutes } from '../../src/exams/routes.ts';
import { paperOf } from '../../src/exams/rubric-versions.ts';
import { buildApp } from '../../src/http/app.ts';
import { recogniseCandidate } from '../../src/intake/candidate-tokens.ts';
import { createInspect } from '../../src/intake/inspect.ts';
import type { IntakeParts } from '../../src/intake/parts.ts';
import type { HandInAnswer } from '../../src/intake/promise.ts';
import { intakeRoutes } from '../../src/intake/routes.ts';
import { openSigningKey } from '../../src/intake/signing.ts';
import type { Stores, TestCandidate } from '../support/exam.ts';

/** The HTTP side of intake, listening, as the composition builds it; only grading is left out. */
export interface TestService {
  readonly address: string;
  readonly port: number;
  readonly parts: IntakeParts;
  /** Attempts that were passed on to the graders. */
  readonly handedIn: string[];
  /** Log lines of level error and worse. */
  readonly errors: { msg: string }[];
  close(): Promise<void>;
}

export interface ServiceWishes {
  readonly limits?: Partial<Limits>;
  readonly onHandedIn?: IntakeParts['onHandedIn'];
}

export async function startService(stores: Stores, wishes: ServiceWishes = {}): Promise<TestService> {
  const { database, blobs, manifests, dataDir } = stores;
  await mkdir(dataDir, { recursive: true });
  const limits = { ...readConfig({}).limits, freeDiskBytes: 0, ...wishes.limits };
  const errors: { msg: string }[] = [];
  const collect = new Writable({
    write(line, _encoding, done) {
      errors.push(JSON.parse(String(line)));
      done();
    },
  });
  const log = pino({ level: 'error' }, collect);
  const handedIn: string[] = [];
  const parts: IntakeParts = {
    database,
    blobs,
    manifests,
    limits,
    dataDir,
    log,
    key: await openSigningKey(database, join(dataDir, 'keys')),
    inspect: createInspect({ blobs, log, slotsOf: async (id) => (await paperOf(database, id)).slots }),
    onHandedIn:
      wishes.onHandedIn ??
      (async ({ attemptId }) => {
        handedIn.push(attemptId);
      }),
  };
  const app = await buildApp({
    log,
    version: 'test',
    trustProxy: false,
    requestsPerMinute: limits.requestsPerMinute,
    vitals: [],
    measures: [],
    guard: createGuard({
      session: (token) => recogniseSession(database, token),
      api: (token) => recogniseApiToken(database, token),
      candidate: (token) => recogniseCandidate(database, token),
    }),
    routes: [
      accessRoutes({ database, secureCookie: false, signInsPerMinute: limits.loginsPerMinute }),
      examRoutes({ database, manifests }),
      intakeRoutes(parts),
    ],
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    parts,
    handedIn,
    errors,
    close: () => app.close(),
  };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export async function ask<T = Record<string, unknown>>(
  { address, errors }: TestService,
  path: string,
  init: RequestInit = {},
): Promise<Answer<T>> {
  const response = await fetch(`${address}/api/v1${path}`, init);
  const text = await response.text();
  if (response.status === 500) throw new Error(`${path} failed: ${JSON.stringify(errors.at(-1))}`);
  const json = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as T };
}

export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Ticket and PIN for a token. */
export async function tokenOf(service: TestService, { ticket, pin }: TestCandidate): Promise<string> {
  const { status, body } = await ask<{ token: string }>(service, '/hand-in/token', json({ ticket, pin }));
  if (status !== 200) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  return body.token;
}

export type Files = Record<string, string | Uint8Array<ArrayBuffer>>;

export function formOf(files: Files, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [path, data] of Object.entries(files)) form.append('file', new Blob([data]), path);
  return form;
}

export interface Refusal {
  readonly code: string;
  readonly title: string;
}

let keys = 0;
export const newKey = (): string => `key-${++keys}`;

/** Hands files in as a terminal does. */
export const handIn = (
  service: TestService,
  token: string,
  files: Files,
  { key = newKey(), fields }: { key?: string; fields?: Record<string, string> } = {},
): Promise<Answer<HandInAnswer & Refusal>> =>
  ask(service, '/hand-in/attempts', {
    method: 'POST',
    headers: { ...bearer(token), 'idempotency-key': key },
    body: formOf(files, fields),
  });

/** All that the test paper asks for. */
export const complete: Files = { 'index.html': '<p>茶</p>', 'images/tea1.jpg': 'jpeg' };

/** A signed-in account with one role. */
export async function staffToken(
  service: TestService,
  role: 'administrator' | 'invigilator' | 'examiner',
): Promise<string> {
  const name = `${role}-${newKey()}`;
  const password = 'a long password of nobody';
  await addAccount(service.parts.database, { name, displayName: name, password, roles: [role] });
  const { body } = await ask<{ token: string }>(service, '/session', json({ name, password }));
  return body.token;
}
