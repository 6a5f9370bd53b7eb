import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../../src/access/guard.ts';
import { openPages } from '../../src/bin/serve-pages.ts';
import { buildApp } from '../../src/http/app.ts';
import type { App } from '../../src/http/routes.ts';
import { memoryLog } from '../support/log.ts';

const nobody = async () => null;

describe('the pages as they are served', () => {
  let app: App;
  beforeAll(async () => {
    app = await buildApp({
      log: pino({ level: 'silent' }),
      version: 'test',
      trustProxy: false,
      requestsPerMinute: 3,
      vitals: [],
      measures: [],
      guard: createGuard({ session: nobody, api: nobody, candidate: nobody }),
      outside: [await openPages(memoryLog())],
      routes: [],
    });
  }, 120_000);
  afterAll(() => app.close());

  const get = (url: string) => app.inject({ url, headers: { 'accept-encoding': 'br' } });

  /** Address of the first script that index.html names. */
  async function script(): Promise<string> {
    const { body } = await app.inject({ url: '/' });
    return /src="([^"]+\.js)"/.exec(body)?.[1] ?? '';
  }

  it('are one document at each of their addresses, asked for anew each time', async () => {
    for (const url of ['/', '/hand-in', '/review/cand_1', '/exams/exam_1']) {
      const answer = await get(url);
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.headers['cache-control']).toBe('no-cache');
    }
  });

  it('leave a mistyped address a 404 and the API to itself', async () => {
    for (const url of ['/hand-inn', '/assets/none.js', '/assets/../package.json', '/api/v1/none'])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
  });

  it('send scripts compressed, to be kept for ever', async () => {
    const { headers, statusCode } = await get(await script());
    expect(statusCode).toBe(200);
    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-type']).toContain('javascript');
    expect(headers['cache-control']).toContain('immutable');
  });

  it('are not counted against the requests of a room behind one address', async () => {
    const url = await script();
    for (let asked = 0; asked < 10; asked += 1) expect((await get(url)).statusCode).toBe(200);
  });
});
