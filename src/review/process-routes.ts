import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountOf } from '../access/actor.ts';
import { accountActor } from '../audit/audit.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import type { Routes } from '../http/routes.ts';
import type { ReviewParts } from './lines.ts';
import type { Marker } from './marking.ts';
import { importProcess } from './process/import.ts';
import { putProcessMark } from './process/put.ts';
import { listProcess } from './process/room.ts';
import * as shape from './schema.ts';

const tags = ['process'];
const config = { access: ['administrator', 'invigilator'] as const };
const byExam = z.object({ id: z.string() });

/** A list of a few thousand lines is well below this. Bytes. */
const listBytes = 10 * 1024 * 1024;
const listTypes = [
  'text/csv',
  // What Windows calls a .csv where Excel is installed.
  'application/vnd.ms-excel',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

const markerOf = (request: FastifyRequest): Marker => {
  const account = accountOf(request);
  return { accountId: account.accountId, actor: accountActor(account) };
};

/** Process marks (过程考核): by room and seat, one by one or as a list. */
export const processRoutes =
  (parts: ReviewParts): Routes =>
  async (app) => {
    app.addContentTypeParser(listTypes, { parseAs: 'buffer', bodyLimit: listBytes }, (_request, body, done) =>
      done(null, body),
    );

    const listRoute = {
      schema: {
        tags,
        summary: '过程考核：考生及其考核项（可按场次、考场）',
        params: byExam,
        querystring: pageQuerySchema.extend(shape.processFilterSchema.shape),
        response: { 200: pageOf(shape.processLineSchema) },
      },
      config,
    };
    app.get('/exams/:id/process', listRoute, async ({ params, query }) => {
      const { limit, cursor, session, room } = query;
      const wanted = { session, room, after: decodeCursor(cursor), limit: limit + 1 };
      return toPage(await listProcess(parts, params.id, wanted), limit, ({ ticket }) => ticket);
    });

    const putRoute = {
      schema: {
        tags,
        summary: '评定一个过程考核项（409 changed-meanwhile：他人已评，附现有评分）',
        params: byExam.extend({ candidate: z.string(), item: z.string() }),
        body: shape.putProcessSchema,
        response: { 200: shape.processItemSchema },
      },
      config,
    };
    app.put('/exams/:id/process/:candidate/:item', putRoute, async (request) => {
      const { id, candidate, item } = request.params;
      const at = { examId: id, candidateId: candidate, itemId: item };
      return putProcessMark(parts, markerOf(request), at, request.body);
    });

    const importRoute = {
      schema: {
        tags,
        summary: '导入过程考核成绩（CSV 或 XLSX；全部或都不；dryRun 只预览）',
        consumes: listTypes,
        params: byExam,
        querystring: z.object({ dryRun: z.stringbool().default(false) }),
        body: z.instanceof(Buffer).meta({ type: 'string', format: 'binary' }),
        response: { 200: shape.processImportedSchema },
      },
      config,
    };
    app.post('/exams/:id/process/import', importRoute, async (request) =>
      importProcess(parts, markerOf(request), request.params.id, request.body, request.query.dryRun),
    );
  };
