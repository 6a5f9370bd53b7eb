import { z } from 'zod';
import { accountOf } from '../access/actor.ts';
import { accountActor } from '../audit/audit.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import type { Routes } from '../http/routes.ts';
import { readCandidateTable } from './candidate-table.ts';
import { importCandidates, listCandidates } from './candidates.ts';
import { createExam, type ExamParts, examOf, listExams, moveSession, setExamState } from './exams.ts';
import { listVersions, paperOf, publishRubric, versionOrder } from './rubric-versions.ts';
import * as shape from './schema.ts';

const tags = ['exams'];
const byId = z.object({ id: z.string() });
const nothing = z.null();
const administrators = { access: ['administrator'] as const };
const staff = { access: ['administrator', 'examiner', 'invigilator'] as const };
const markers = { access: ['administrator', 'examiner'] as const };

/** A list of a few thousand candidates is well below this. */
const candidateListBytes = 10 * 1024 * 1024;
const listTypes = [
  'text/csv',
  // What Windows calls a .csv where Excel is installed.
  'application/vnd.ms-excel',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

const iso = <T extends { startsAt: Date; endsAt: Date }>(session: T) => ({
  ...session,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
});

/** Exams with their sessions and candidates, and the rubric versions they pin. */
export const examRoutes =
  (parts: ExamParts): Routes =>
  async (app) => {
    const { database } = parts;
    app.addContentTypeParser(
      listTypes,
      { parseAs: 'buffer', bodyLimit: candidateListBytes },
      (_request, body, done) => done(null, body),
    );

    const createRoute = {
      schema: {
        tags,
        summary: '新建考试（场次、固定的试题版本）',
        body: shape.newExamSchema,
        response: { 201: byId },
      },
      config: administrators,
    };
    app.post('/exams', createRoute, async (request, reply) => {
      const { name, versions } = request.body;
      const sessions = request.body.sessions.map((session) => ({
        ...session,
        startsAt: new Date(session.startsAt),
        endsAt: new Date(session.endsAt),
      }));
      const account = accountOf(request);
      const wanted = { name, versions, sessions, createdBy: account.name };
      const created = await createExam(parts, wanted, accountActor(account));
      return reply.code(201).send(created);
    });

    const listRoute = {
      schema: {
        tags,
        summary: '考试列表',
        querystring: pageQuerySchema,
        response: { 200: pageOf(shape.examSummarySchema) },
      },
      config: staff,
    };
    app.get('/exams', listRoute, async ({ query }) => {
      const rows = await listExams(database, decodeCursor(query.cursor), query.limit + 1);
      const shown = rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
      return toPage(shown, query.limit, (row) => row.id);
    });

    const oneRoute = {
      schema: { tags, summary: '一场考试', params: byId, response: { 200: shape.examSchema } },
      config: staff,
    };
    app.get('/exams/:id', oneRoute, async (request) => {
      const found = await examOf(database, request.params.id);
      return { ...found, createdAt: found.createdAt.toISOString(), sessions: found.sessions.map(iso) };
    });

    const stateRoute = {
      schema: {
        tags,
        summary: '开放或关闭考试',
        params: byId,
        body: z.object({ state: shape.examStateSchema }),
        response: { 204: nothing },
      },
      config: administrators,
    };
    app.put('/exams/:id/state', stateRoute, async (request, reply) => {
      const actor = accountActor(accountOf(request));
      await setExamState(parts, request.params.id, request.body.state, actor);
      return reply.code(204).send(null);
    });

    const moveRoute = {
      schema: {
        tags,
        summary: '调整场次的结束时间与宽限',
        params: z.object({ id: z.string(), session: z.string() }),
        body: shape.moveSessionSchema,
        response: { 204: nothing },
      },
      config: administrators,
    };
    app.put('/exams/:id/sessions/:session', moveRoute, async (request, reply) => {
      const { endsAt, graceSeconds } = request.body;
      const { id, session } = request.params;
      const times = { endsAt: new Date(endsAt), graceSeconds };
      await moveSession(parts, id, session, times, accountActor(accountOf(request)));
      return reply.code(204).send(null);
    });

    const importRoute = {
      schema: {
        tags,
        summary: '导入考生名单（CSV 或 XLSX，UTF-8 或 GBK）',
        consumes: listTypes,
        params: byId,
        body: z.instanceof(Buffer).meta({ type: 'string', format: 'binary' }),
        response: { 201: z.object({ imported: z.number().int() }) },
      },
      config: administrators,
    };
    app.post('/exams/:id/candidates', importRoute, async (request, reply) => {
      const lines = readCandidateTable(request.body);
      const actor = accountActor(accountOf(request));
      const imported = await importCandidates(parts, request.params.id, lines, actor);
      return reply.code(201).send({ imported });
    });

    const candidatesRoute = {
      schema: {
        tags,
        summary: '考生名单',
        params: byId,
        querystring: pageQuerySchema,
        response: { 200: pageOf(shape.candidateSchema) },
      },
      config: { access: ['administrator', 'invigilator'] as const },
    };
    app.get('/exams/:id/candidates', candidatesRoute, async ({ params, query }) => {
      const rows = await listCandidates(database, params.id, decodeCursor(query.cursor), query.limit + 1);
      return toPage(rows, query.limit, (row) => row.ticket);
    });

    const versionsRoute = {
      schema: {
        tags,
        summary: '试题版本',
        querystring: pageQuerySchema.extend({ paper: z.string().optional() }),
        response: { 200: pageOf(shape.versionSchema) },
      },
      config: markers,
    };
    app.get('/rubrics', versionsRoute, async ({ query }) => {
      const wanted = { paper: query.paper, after: decodeCursor(query.cursor), limit: query.limit + 1 };
      const page = toPage(await listVersions(database, wanted), query.limit, versionOrder);
      const items = page.items.map((row) => ({
        ...row,
        module: shape.versionSchema.shape.module.parse(row.module),
        createdAt: row.createdAt.toISOString(),
        publishedAt: row.publishedAt?.toISOString() ?? null,
      }));
      return { items, next: page.next };
    });
    const versionRoute = {
      schema: {
        tags,
        summary: '一个试题版本的全部内容',
        params: byId,
        response: { 200: shape.versionDetailSchema },
      },
      config: markers,
    };
    app.get('/rubrics/:id', versionRoute, async ({ params }) => ({
      id: params.id,
      content: await paperOf(database, params.id),
    }));

    const publishRoute = {
      schema: {
        tags,
        summary: '发布试题版本（此后不可更改）',
        params: byId,
        response: { 200: z.object({ paper: z.string(), number: z.number().int() }) },
      },
      config: administrators,
    };
    app.post('/rubrics/:id/publish', publishRoute, async (request) =>
      publishRubric(parts, request.params.id, accountActor(accountOf(request))),
    );
  };
