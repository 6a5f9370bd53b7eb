import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountActor } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { Routes } from '../http/routes.ts';
import { addAccount, changePassword, disableAccount, listAccounts, signIn, signOut } from './accounts.ts';
import { accountOf } from './actor.ts';
import { addApiToken, listApiTokens, revokeApiToken } from './api-tokens.ts';
import { sessionCookie } from './guard.ts';
import * as shape from './schema.ts';

const tags = ['access'];
const nothing = z.null();
/** ISO text of an instant; null stays null. */
const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

interface Parts {
  database: Database;
  /** Cookies only travel over TLS; off where the service is plain HTTP inside an exam room. */
  secureCookie: boolean;
  signInsPerMinute: number;
}

/** Signing in and out, accounts, and tokens for programs. */
export const accessRoutes =
  ({ database, secureCookie, signInsPerMinute }: Parts): Routes =>
  async (app) => {
    // By address, never by a header: whoever guesses could send another one each time.
    const keyGenerator = ({ ip }: FastifyRequest): string => ip;
    const limit = { max: signInsPerMinute, timeWindow: '1 minute', keyGenerator };
    const signInRoute = {
      schema: {
        tags,
        summary: '登录（工作人员）',
        body: shape.signInSchema,
        response: { 200: shape.signedInSchema },
      },
      config: { access: 'public' as const, rateLimit: limit },
    };
    app.post('/session', signInRoute, async (request, reply) => {
      const { token, expiresAt, account } = await signIn(database, request.body.name, request.body.password);
      reply.setCookie(sessionCookie, token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: secureCookie,
        expires: expiresAt,
      });
      const { id, name, displayName, roles, mustChangePassword } = account;
      return {
        token,
        expiresAt: expiresAt.toISOString(),
        account: { id, name, displayName, roles, mustChangePassword },
      };
    });

    const own = { access: 'account' as const };
    app.get(
      '/session',
      { schema: { tags, summary: '当前账号', response: { 200: shape.meSchema } }, config: own },
      async (request) => {
        const { accountId, name, roles } = accountOf(request);
        return { id: accountId, name, roles: [...roles] };
      },
    );
    app.delete(
      '/session',
      { schema: { tags, summary: '退出', response: { 204: nothing } }, config: own },
      async (request, reply) => {
        const token = request.headers.authorization?.split(' ')[1] ?? request.cookies[sessionCookie];
        if (token) await signOut(database, token);
        return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null);
      },
    );
    const passwordRoute = {
      schema: { tags, summary: '修改密码', body: shape.changePasswordSchema, response: { 204: nothing } },
      config: own,
    };
    app.put('/session/password', passwordRoute, async (request, reply) => {
      await changePassword(database, accountOf(request).accountId, request.body.present, request.body.next);
      return reply.code(204).send(null);
    });

    const administrators = { access: ['administrator'] as const };
    const addRoute = {
      schema: { tags, summary: '新建账号', body: shape.newAccountSchema, response: { 201: shape.idSchema } },
      config: administrators,
    };
    app.post('/accounts', addRoute, async (request, reply) =>
      reply.code(201).send(await addAccount(database, request.body, accountActor(accountOf(request)))),
    );
    const listRoute = {
      schema: {
        tags,
        summary: '账号列表',
        querystring: pageQuerySchema,
        response: { 200: pageOf(shape.accountSchema) },
      },
      config: administrators,
    };
    app.get('/accounts', listRoute, async ({ query }) => {
      const rows = await listAccounts(database, decodeCursor(query.cursor), query.limit + 1);
      const shown = rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        disabledAt: iso(row.disabledAt),
      }));
      return toPage(shown, query.limit, (row) => row.name);
    });
    const disableRoute = {
      schema: { tags, summary: '停用账号', params: shape.idSchema, response: { 204: nothing } },
      config: administrators,
    };
    app.delete('/accounts/:id', disableRoute, async (request, reply) => {
      const actor = accountActor(accountOf(request));
      if (!(await disableAccount(database, request.params.id, actor))) throw notFound('此账号');
      return reply.code(204).send(null);
    });

    const tokenRoute = {
      schema: {
        tags,
        summary: '新建 API 令牌（只显示一次）',
        body: shape.newTokenSchema,
        response: { 201: z.object({ id: z.string(), token: z.string() }) },
      },
      config: own,
    };
    app.post('/tokens', tokenRoute, async (request, reply) => {
      // Else a token of few rights, or one that ends today, could make itself a successor with more.
      if (accountOf(request).via === 'api')
        throw new Problem(403, 'session-needed', '请登录后新建令牌，不能用令牌新建令牌。');
      const { name, roles, expiresAt } = request.body;
      const wanted = {
        accountId: accountOf(request).accountId,
        name,
        roles,
        expiresAt: expiresAt ? new Date(expiresAt) : null,
      };
      const made = await addApiToken(database, wanted, accountActor(accountOf(request)));
      return reply.code(201).send(made);
    });
    const tokensRoute = {
      schema: { tags, summary: '我的 API 令牌', response: { 200: z.array(shape.tokenSchema) } },
      config: own,
    };
    app.get('/tokens', tokensRoute, async (request) => {
      const rows = await listApiTokens(database, accountOf(request).accountId);
      return rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        expiresAt: iso(row.expiresAt),
        lastUsedAt: iso(row.lastUsedAt),
        revokedAt: iso(row.revokedAt),
      }));
    });
    const revokeRoute = {
      schema: { tags, summary: '停用 API 令牌', params: shape.idSchema, response: { 204: nothing } },
      config: own,
    };
    app.delete('/tokens/:id', revokeRoute, async (request, reply) => {
      const account = accountOf(request);
      const { id } = request.params;
      if (!(await revokeApiToken(database, account.accountId, id, accountActor(account))))
        throw notFound('此令牌');
      return reply.code(204).send(null);
    });
  };
