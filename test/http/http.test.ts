import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../src/database/database.ts';
import { account } from '../../src/database/schema/access.ts';
import type { Routes } from '../../src/http/routes.ts';
import { openTestApp, type TestApp } from '../support/app.ts';

/** Routes that go wrong on purpose. */
const faulty =
  (database: Database): Routes =>
  async (app) => {
    app.get('/broken', { config: { access: 'public' } }, () => {
      throw new Error('secret detail');
    });
    const body = z.object({ points: z.number() });
    app.get(
      '/rows/:id',
      { config: { access: 'public' }, schema: { params: z.object({ id: z.string() }) } },
      ({ params }) => database.db.select().from(account).where(eq(account.id, params.id)),
    );
    app.post('/strict', { schema: { body }, config: { access: 'public' } }, async () => ({ fine: true }));
  };

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp((database) => [faulty(database)]);
});
afterAll(() => test.close());

describe('errors', () => {
  it('tells what nobody foresaw without its details, with the id to look up', async () => {
    const answer = await test.app.inject('/api/v1/broken');
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 500,
      code: 'internal',
      requestId: answer.headers['x-request-id'],
    });
    expect(answer.body).not.toContain('secret detail');
  });

  it('says which field of a request is wrong', async () => {
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/strict',
      payload: { points: 'many' },
    });
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      errors: [{ where: 'body/points' }],
    });
  });

  it.each([
    ['no JSON', { payload: '{', headers: { 'content-type': 'application/json' } }, 400, 'bad-json'],
    ['an unknown type', { payload: 'x', headers: { 'content-type': 'text/odd' } }, 415, 'media-type'],
    ['too much', { payload: { points: 'x'.repeat(2_000_000) } }, 413, 'body-too-large'],
  ])('answers %s with its own code', async (_name, request, status, code) => {
    const answer = await test.app.inject({ method: 'POST', url: '/api/v1/strict', ...request });
    expect(answer.json()).toMatchObject({ status, code });
  });

  it.each([
    ['a name', { method: 'POST' as const, url: '/api/v1/session', payload: { name: '\0', password: 'x' } }],
    ['a path', { method: 'GET' as const, url: '/api/v1/rows/%00' }],
  ])('refuses a NUL in %s as the asker’s fault, not ours', async (_where, request) => {
    const answer = await test.app.inject(request);
    expect(answer.json()).toMatchObject({ status: 400, code: 'bad-character' });
  });

  it('answers an unknown address in the same form', async () => {
    expect((await test.app.inject('/nowhere')).json()).toMatchObject({ status: 404, code: 'no-such-route' });
  });
});

describe('routes', () => {
  it('refuse to start without a rule who may use them', async () => {
    const open: Routes = async (app) => {
      app.get('/open', async () => 'everybody');
    };
    await expect(openTestApp(() => [open])).rejects.toThrow(/does not say who may use it/);
  });

  it('are all in the OpenAPI 3.1 document, with schemas for every answer', async () => {
    const document = (await test.app.inject('/docs/json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(
      document.paths['/api/v1/session'].post.requestBody.content['application/json'].schema.required,
    ).toEqual(['name', 'password']);
    expect(
      document.paths['/api/v1/accounts'].get.responses['200'].content['application/json'].schema.properties,
    ).toHaveProperty('next');
    expect((await test.app.inject('/docs')).statusCode).toBe(200);
  });

  it('tell in the document how errors look and which of them want no bearer', async () => {
    const { paths, components } = (await test.app.inject('/docs/json')).json();
    const schema = { $ref: '#/components/schemas/Problem' };
    expect(paths['/api/v1/accounts'].get.responses.default.content).toEqual({
      'application/problem+json': { schema },
    });
    expect(components.schemas.Problem.required).toContain('code');
    expect(paths['/api/v1/broken'].get.responses['200'].content).toEqual({
      '*/*': { schema: { type: 'string', format: 'binary' } },
    });
    expect(paths['/api/v1/session'].post.security).toEqual([]);
    expect(paths['/api/v1/accounts'].get).not.toHaveProperty('security');
  });
});

describe('the rate limit', () => {
  it('counts each session by itself: a marking room shares one address', async () => {
    const slow = await openTestApp(() => [], { requestsPerMinute: 2 });
    try {
      const ask = async (cookie: string) =>
        (await slow.app.inject({ url: '/livez', headers: { cookie: `kaoping_session=${cookie}` } }))
          .statusCode;
      expect([await ask('one'), await ask('one'), await ask('one')]).toEqual([200, 200, 429]);
      expect(await ask('two')).toBe(200);
    } finally {
      await slow.close();
    }
  });
});

describe('health', () => {
  it('tells living from ready, part by part', async () => {
    expect((await test.app.inject('/livez')).json()).toEqual({ alive: true });
    expect((await test.app.inject('/readyz')).json()).toEqual({
      ready: true,
      vitals: { database: { ok: true, note: 'answers' } },
    });
  });

  it('shows metrics by route pattern', async () => {
    await test.app.inject('/api/v1/session');
    const { body } = await test.app.inject('/metrics');
    expect(body).toContain('kaoping_test_measure 42');
    // One that cannot be read is not known, and takes no other with it.
    expect(body).toContain('kaoping_test_outage Nan');
    expect(body).toMatch(
      /kaoping_http_request_seconds_count\{method="GET",route="\/api\/v1\/session",status="401"\}/,
    );
  });
});
