import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountOf } from '../access/actor.ts';
import { accountActor } from '../audit/audit.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import type { Routes } from '../http/routes.ts';
import { giveBack, takeNext, takeOrRenew } from './leases.ts';
import { listLines } from './lines.ts';
import { acceptCriterion, type Marker, putMark } from './marking.ts';
import * as shape from './schema.ts';
import { historyOf, reviewOf, type SubmissionParts } from './submission.ts';

const tags = ['review'];
const markers = { access: ['administrator', 'examiner'] as const };
const nothing = z.null();
const byCandidate = z.object({ candidate: z.string() });
const byItem = byCandidate.extend({ item: z.string() });

const markerOf = (request: FastifyRequest): Marker => {
  const account = accountOf(request);
  return { accountId: account.accountId, actor: accountActor(account) };
};

/** The marking room: what waits, one submission, marks, leases. */
export const reviewRoutes =
  (parts: SubmissionParts): Routes =>
  async (app) => {
    const listRoute = {
      schema: {
        tags,
        summary: '待评与已评作品（只有卷号，顺序随机而固定）',
        querystring: pageQuerySchema.extend(shape.reviewFilterSchema.shape),
        response: { 200: pageOf(shape.reviewLineSchema) },
      },
      config: markers,
    };
    app.get('/review/submissions', listRoute, async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const me = accountOf(request).accountId;
      const wanted = { filter, me, after: decodeCursor(cursor), limit: limit + 1 };
      const page = toPage(await listLines(parts, wanted), limit, ({ place }) => place);
      const items = page.items.map(({ line }) => line);
      // One that nobody had looked at may turn out to stand elsewhere than the filter asks for.
      const fitting = items.filter(({ state }) => !filter.state || state === filter.state);
      return { items: fitting, next: page.next };
    });

    const nextRoute = {
      schema: {
        tags,
        summary: '领取下一份待评作品',
        body: shape.nextSchema,
        response: { 200: shape.reviewLineSchema },
      },
      config: markers,
    };
    app.post('/review/next', nextRoute, async (request) =>
      takeNext(parts, accountOf(request).accountId, request.body),
    );

    const takeRoute = {
      schema: {
        tags,
        summary: '领取或续领一份作品',
        params: byCandidate,
        response: { 200: shape.leaseSchema },
      },
      config: markers,
    };
    app.post('/review/submissions/:candidate/lease', takeRoute, async (request) =>
      takeOrRenew(parts, accountOf(request).accountId, request.params.candidate),
    );
    const giveBackRoute = {
      schema: { tags, summary: '交还一份作品', params: byCandidate, response: { 204: nothing } },
      config: markers,
    };
    app.delete('/review/submissions/:candidate/lease', giveBackRoute, async (request, reply) => {
      await giveBack(parts, accountOf(request).accountId, request.params.candidate);
      return reply.code(204).send(null);
    });

    const oneRoute = {
      schema: {
        tags,
        summary: '一份作品：评分明细、现有评分、文件、素材、试题',
        params: byCandidate,
        response: { 200: shape.reviewSchema },
      },
      config: markers,
    };
    app.get('/review/submissions/:candidate', oneRoute, async (request) =>
      reviewOf(parts, request.params.candidate, accountOf(request).accountId),
    );

    const markRoute = {
      schema: {
        tags,
        summary: '评定一个评分点（409 changed-meanwhile：他人已评，附现有评分）',
        params: byItem,
        body: shape.putMarkSchema,
        response: { 200: shape.markedSchema },
      },
      config: markers,
    };
    app.put('/review/submissions/:candidate/items/:item', markRoute, async (request) => {
      const { candidate, item } = request.params;
      return putMark(parts, markerOf(request), candidate, item, request.body);
    });

    const historyRoute = {
      schema: {
        tags,
        summary: '一个评分点的全部评分记录（新的在前）',
        params: byItem,
        response: { 200: z.array(shape.markSchema) },
      },
      config: markers,
    };
    app.get('/review/submissions/:candidate/items/:item/marks', historyRoute, async (request) => {
      const { candidate, item } = request.params;
      return historyOf(parts, candidate, item, accountOf(request).accountId);
    });

    const acceptRoute = {
      schema: {
        tags,
        summary: '接受一个评分要点中待确认的初评分（全部或都不）',
        params: byCandidate.extend({ criterion: z.string() }),
        body: shape.acceptSchema,
        response: { 200: shape.markedSchema },
      },
      config: markers,
    };
    app.post('/review/submissions/:candidate/criteria/:criterion/accept', acceptRoute, async (request) => {
      const { candidate, criterion } = request.params;
      return acceptCriterion(parts, markerOf(request), candidate, criterion, request.body);
    });
  };
