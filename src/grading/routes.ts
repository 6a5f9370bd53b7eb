import { posix } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WorkQueue } from '../../queue/index.ts';
import { accountOf } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { Routes } from '../http/routes.ts';
import { handedIn } from '../intake/handed-in.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { LiveProgress } from './live.ts';
import { reopenRun } from './queries.ts';
import { submissionDetailSchema, submissionFilterSchema, submissionSchema } from './schema.ts';
import { listSubmissions, submissionOf } from './submissions.ts';

const tags = ['grading'];
const markers = { access: ['administrator', 'examiner'] as const };
const byAttempt = z.object({ attempt: z.string() });

interface Parts {
  database: Database;
  blobs: BlobStore;
  queue: WorkQueue;
  live: LiveProgress;
}

/** Identity is the office's business: an examiner marks a blind number. */
const maySeeNames = (request: FastifyRequest): boolean => accountOf(request).roles.includes('administrator');

/** Submissions with their provisional scores, and how grading gets on. */
export const gradingRoutes =
  ({ database, blobs, queue, live }: Parts): Routes =>
  async (app) => {
    const listRoute = {
      schema: {
        tags,
        summary: '作品列表（卷号、状态、初评得分）',
        querystring: pageQuerySchema.extend(submissionFilterSchema.shape),
        response: { 200: pageOf(submissionSchema) },
      },
      config: markers,
    };
    app.get('/submissions', listRoute, async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const wanted = { filter, after: decodeCursor(cursor), limit: limit + 1, named: maySeeNames(request) };
      return toPage(await listSubmissions(database, wanted), limit, (row) => row.attemptId);
    });

    const oneRoute = {
      schema: {
        tags,
        summary: '一份作品：文件与初评明细',
        params: byAttempt,
        response: { 200: submissionDetailSchema },
      },
      config: markers,
    };
    app.get('/submissions/:attempt', oneRoute, async (request) => {
      const found = await submissionOf(database, request.params.attempt, maySeeNames(request));
      if (!found) throw notFound('此作品');
      return found;
    });

    const fileRoute = {
      schema: {
        tags,
        summary: '作品中的一个文件（原样下载）',
        params: byAttempt.extend({ position: z.coerce.number().int().min(0) }),
      },
      config: markers,
    };
    app.get('/submissions/:attempt/files/:position', fileRoute, async (request, reply) => {
      const { attempt, position } = request.params;
      const file = (await handedIn(database, attempt))?.files[position];
      if (!file) throw notFound('此文件');
      const name = encodeURIComponent(posix.basename(file.path));
      return reply
        .headers({
          // A candidate's file is hostile: it is handed over as bytes and never shown as a page of ours.
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${name}`,
          'content-length': String(file.bytes),
          'content-security-policy': "sandbox; default-src 'none'",
          etag: `"${file.sha256}"`,
          'cache-control': 'private, max-age=31536000, immutable',
        })
        .send(await blobs.open(file.sha256));
    });

    const againRoute = {
      schema: {
        tags,
        summary: '重新初评一份需要处理的作品',
        params: byAttempt,
        response: { 202: z.object({ run: z.string() }) },
      },
      config: { access: ['administrator'] as const },
    };
    app.post('/submissions/:attempt/grading', againRoute, async (request, reply) => {
      const run = await reopenRun(database.db, request.params.attempt);
      if (!run) {
        throw new Problem(409, 'nothing-to-repeat', '此作品没有失败的初评，或其结果已记录，不能重复初评。');
      }
      const { id: runId, attemptId, rubricVersion, graderVersion } = run;
      try {
        await queue.enqueue({ name: 'grade', payload: { attemptId, rubricVersion, graderVersion, runId } });
      } catch (error) {
        request.log.error({ err: error, run: runId }, 'could not queue a grading; the reconciler will');
      }
      return reply.code(202).send({ run: runId });
    });

    const liveRoute = {
      schema: { tags, summary: '进度（server-sent events：progress、reload）' },
      config: markers,
    };
    app.get('/submissions/events', liveRoute, async (_request, reply) => {
      reply.hijack();
      live.add(reply.raw, reply.getHeaders() as Record<string, string>);
    });
  };
