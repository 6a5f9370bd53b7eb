import { join } from 'node:path';
import { z } from 'zod';
import { candidateOf } from '../access/actor.ts';
import type { Routes } from '../http/routes.ts';
import { arrivalOf, idempotencyHeader, idempotencyKeyOf } from './idempotency.ts';
import type { IntakeParts } from './parts.ts';
import { completeResumable, type ResumableParts, startResumable } from './resumable.ts';
import { ResumableServer, tusHeaders } from './resumable-server.ts';
import { UploadStore } from './resumable-store.ts';
import { startSweeping } from './resumable-sweep.ts';
import * as shape from './schema.ts';

const tags = ['hand-in'];
const candidates = { access: 'candidate' as const };

/** Thousands of declared files are still below this. */
const declarationBytes = 4 * 1024 * 1024;

/** Large hand-ins over bad cables: declared first, uploaded in pieces (tus 1.0), completed at last. */
export const resumableRoutes =
  (intake: IntakeParts): Routes =>
  async (app) => {
    const uploads = await UploadStore.open(join(intake.dataDir, 'uploads'), intake.blobs);
    const parts: ResumableParts = { ...intake, uploads };
    const server = new ResumableServer(parts, `${app.prefix}/hand-in/uploads`);
    const sweeping = startSweeping(parts);
    app.addHook('onClose', sweeping.stop);
    // tus reads the bytes itself.
    app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));

    const startRoute = {
      bodyLimit: declarationBytes,
      schema: {
        tags,
        summary: '断点续传：申报文件（路径、大小、SHA-256），以此请求的到达时间为准',
        headers: idempotencyHeader,
        body: shape.declarationSchema,
        response: { 200: shape.startedSchema, 201: shape.startedSchema },
      },
      config: candidates,
    };
    app.post('/hand-in/attempts/start', startRoute, async (request, reply) => {
      const named = { idempotencyKey: idempotencyKeyOf(request), first: arrivalOf(reply) };
      const { candidateId } = candidateOf(request);
      const started = await startResumable(parts, candidateId, named, request.body);
      const fresh = started.state === 'receiving' && started.files.every(({ received }) => received === 0);
      return reply.code(fresh ? 201 : 200).send(started);
    });

    const completeRoute = {
      schema: {
        tags,
        summary: '断点续传：全部文件上传完毕，交卷并取得回执',
        params: z.object({ attempt: z.string() }),
        response: { 200: shape.handInAnswerSchema, 201: shape.handInAnswerSchema },
      },
      config: candidates,
    };
    app.post('/hand-in/attempts/:attempt/complete', completeRoute, async (request, reply) => {
      const answer = await completeResumable(parts, candidateOf(request).candidateId, request.params.attempt);
      return reply.code(answer.idempotent ? 200 : 201).send(answer);
    });

    const optionsRoute = {
      schema: { tags, summary: 'tus 1.0：服务器支持的扩展' },
      config: { access: 'public' as const },
    };
    app.options('/hand-in/uploads', optionsRoute, async (_request, reply) =>
      reply
        .code(204)
        .headers({ ...tusHeaders, 'tus-max-size': parts.limits.fileBytes })
        .send(),
    );

    const createRoute = {
      schema: { tags, summary: 'tus 1.0：为已申报的文件建立上传（Upload-Metadata: attempt, path, sha256）' },
      config: candidates,
    };
    app.post('/hand-in/uploads', createRoute, async (request, reply) => {
      await server.create(request, reply, candidateOf(request).candidateId);
      return reply;
    });

    app.route({
      method: ['HEAD', 'PATCH', 'DELETE'],
      url: '/hand-in/uploads/:id',
      schema: { tags, summary: 'tus 1.0：查询、继续、放弃上传', params: z.object({ id: z.string() }) },
      config: candidates,
      handler: async (request, reply) => {
        const { candidateId } = candidateOf(request);
        const { id } = request.params as { id: string };
        await server.resume(request, reply, { candidateId, id });
        return reply;
      },
    });
  };
