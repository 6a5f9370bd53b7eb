import pino from 'pino';
import { recogniseSession } from '../../src/access/accounts.ts';
import { recogniseApiToken } from '../../src/access/api-tokens.ts';
import { createGuard } from '../../src/access/guard.ts';
import { accessRoutes } from '../../src/access/routes.ts';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { buildApp } from '../../src/http/app.ts';
import type { App, Routes } from '../../src/http/routes.ts';
import { recogniseCandidate } from '../../src/intake/candidate-tokens.ts';
import { type FreshDatabase, freshDatabase } from './backends.ts';
import { memoryLog } from './log.ts';

export interface TestApp {
  readonly app: App;
  readonly database: Database;
  /** Signs in and returns the headers of a bearer. */
  signIn(name: string, password: string): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

/** The real HTTP side on a fresh database, with the access routes and whatever a test adds. */
export async function openTestApp(
  routes: (database: Database) => readonly Routes[] = () => [],
  { signInsPerMinute = 1000, requestsPerMinute = 10_000 } = {},
): Promise<TestApp> {
  const fresh: FreshDatabase = await freshDatabase();
  const database = openDatabase({ url: fresh.url, log: memoryLog() });
  const app = await buildApp({
    log: pino({ level: 'silent' }),
    version: 'test',
    trustProxy: false,
    requestsPerMinute,
    vitals: [{ name: 'database', check: async () => database.ping().then(() => 'answers') }],
    measures: [
      { name: 'kaoping_test_measure', help: 'a number', read: async () => 42 },
      { name: 'kaoping_test_outage', help: 'cannot be read', read: () => Promise.reject(new Error('away')) },
    ],
    guard: createGuard({
      session: (token) => recogniseSession(database, token),
      api: (token) => recogniseApiToken(database, token),
      candidate: (token) => recogniseCandidate(database, token),
    }),
    routes: [accessRoutes({ database, secureCookie: false, signInsPerMinute }), ...routes(database)],
  });
  return {
    app,
    database,
    async signIn(name, password) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { name, password },
      });
      return { authorization: `Bearer ${answer.json<{ token: string }>().token}` };
    },
    async close() {
      await app.close();
      await database.close();
      await fresh.drop();
    },
  };
}
