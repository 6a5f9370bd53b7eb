import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountOf } from '../access/actor.ts';
import { accountActor, record } from '../audit/audit.ts';
import { examOf } from '../exams/exams.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import type { Routes } from '../http/routes.ts';
import type { ReviewParts } from '../review/lines.ts';
import { candidateTable, itemTable } from './export.ts';
import { listResults } from './results.ts';
import { resultFilterSchema, resultLineSchema } from './schema.ts';
import { scoreSheet, sheetPolicy } from './sheet.ts';
import { csvOf, type Table, xlsxOf } from './table.ts';

const tags = ['results'];
const config = { access: ['administrator'] as const };
const byExam = z.object({ id: z.string() });

const formats = {
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: (table: Table): Buffer | string => xlsxOf(table),
  },
  csv: { type: 'text/csv; charset=utf-8', write: (table: Table): Buffer | string => csvOf(table) },
} as const;
type Format = keyof typeof formats;

/** Scores with names: the office's alone. Whatever leaves the house is noted in the audit log. */
export const resultRoutes =
  (parts: ReviewParts): Routes =>
  async (app) => {
    const { database } = parts;
    const listRoute = {
      schema: {
        tags,
        summary: '成绩：状态、缺少什么、总分（未完成时为空）',
        params: byExam,
        querystring: pageQuerySchema.extend(resultFilterSchema.shape),
        response: { 200: pageOf(resultLineSchema) },
      },
      config,
    };
    app.get('/exams/:id/results', listRoute, async ({ params, query }) => {
      const { limit, cursor, ...filter } = query;
      const wanted = { ...filter, after: decodeCursor(cursor), limit: limit + 1 };
      return toPage(await listResults(parts, params.id, wanted), limit, ({ ticket }) => ticket);
    });

    async function send(
      request: FastifyRequest,
      reply: FastifyReply,
      examId: string,
      table: Table,
      format: Format,
    ) {
      const { name } = await examOf(database, examId);
      const detail = { list: table.name, format, rows: table.rows.length };
      await database.transaction((tx) =>
        record(tx, accountActor(accountOf(request)), {
          action: 'results.export',
          subject: { exam: examId },
          detail,
        }),
      );
      const file = encodeURIComponent(`${name} ${table.name}.${format}`);
      const { type, write } = formats[format];
      return reply
        .headers({
          'content-type': type,
          'content-disposition': `attachment; filename*=UTF-8''${file}`,
          'cache-control': 'no-store',
        })
        .send(write(table));
    }

    for (const format of ['xlsx', 'csv'] as const) {
      const candidatesRoute = {
        schema: { tags, summary: `成绩表（${format}，每名考生一行）`, params: byExam },
        config,
      };
      app.get(`/exams/:id/results.${format}`, candidatesRoute, async (request, reply) => {
        const { id } = request.params;
        return send(request, reply, id, await candidateTable(parts, id), format);
      });
      const itemsRoute = {
        schema: { tags, summary: `评分明细（${format}，每个评分点一行）`, params: byExam },
        config,
      };
      app.get(`/exams/:id/results-items.${format}`, itemsRoute, async (request, reply) => {
        const { id } = request.params;
        return send(request, reply, id, await itemTable(parts, id), format);
      });
    }

    const sheetRoute = {
      schema: {
        tags,
        summary: '一名考生的评分表（HTML，A4 打印）',
        params: byExam.extend({ candidate: z.string() }),
      },
      config,
    };
    app.get('/exams/:id/results/:candidate/sheet', sheetRoute, async (request, reply) => {
      const { id, candidate } = request.params;
      const sheet = await scoreSheet(parts, id, candidate);
      await database.transaction((tx) =>
        record(tx, accountActor(accountOf(request)), {
          action: 'results.sheet',
          subject: { exam: id, candidate },
        }),
      );
      return reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': sheetPolicy,
          'cache-control': 'no-store',
        })
        .send(sheet);
    });
  };
