import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { candidateOf } from '../access/actor.ts';
import { identifyCandidate } from '../exams/candidate-identity.ts';
import { materialsOf, paperOf } from '../exams/rubric-versions.ts';
import type { Routes } from '../http/app.ts';
import { notFound, Problem } from '../http/problem.ts';
import { issueCandidateToken } from './candidate-tokens.ts';
import { handIn, type IntakeParts, seatingOrRefuse } from './hand-in.ts';
import { receiveForm } from './receive-files.ts';
import * as shape from './schema.ts';
import { publicKeys } from './signing.ts';
import { statusOf } from './status.ts';
import { requireStarted } from './window.ts';

const tags = ['hand-in'];
const candidates = { access: 'candidate' as const };

/** Guessing a PIN of one ticket is slowed to this, wherever the guesses come from. */
const guessesPerMinute = 10;

/** The client's key of a hand-in. @throws Problem 400 */
function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && key.length > 0 && key.length <= 200) return key;
  throw new Problem(
    400,
    'no-idempotency-key',
    '缺少 Idempotency-Key 请求头（1–200 个字符）：同一次提交重发时须使用同一个值。',
  );
}

const ticketOf = (request: FastifyRequest): string => {
  const body = request.body as { ticket?: unknown } | undefined;
  return `ticket ${String(body?.ticket)}`;
};

/** What a terminal needs: in with ticket and PIN, the task, handing in, the receipt. */
export const intakeRoutes =
  (parts: IntakeParts): Routes =>
  async (app) => {
    const { database, blobs, limits } = parts;
    await app.register(multipart, { throwFileSizeLimit: false });

    const tokenRoute = {
      schema: {
        tags,
        summary: '用准考证号和密码换取令牌',
        body: shape.tokenRequestSchema,
        response: { 200: shape.tokenAnswerSchema },
      },
      config: {
        access: 'public' as const,
        rateLimit: {
          max: guessesPerMinute,
          timeWindow: '1 minute',
          hook: 'preHandler' as const,
          keyGenerator: ticketOf,
        },
      },
    };
    app.post('/hand-in/token', tokenRoute, async (request) => {
      const { ticket, pin, exam } = request.body;
      const seating = await identifyCandidate(database, ticket, pin, exam);
      const { token, expiresAt } = await issueCandidateToken(database, seating);
      const paper = await paperOf(database, seating.versionId);
      const { name, startsAt, endsAt, graceSeconds } = seating.session;
      return {
        token,
        expiresAt: expiresAt.toISOString(),
        candidate: { ticket: seating.ticket, name: seating.name, room: seating.room, seat: seating.seat },
        paper: { id: paper.id, title: paper.title, minutes: paper.minutes },
        session: { name, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), graceSeconds },
        serverTime: new Date().toISOString(),
      };
    });

    const statusRoute = {
      schema: { tags, summary: '我的提交情况', response: { 200: shape.statusSchema } },
      config: candidates,
    };
    app.get('/hand-in', statusRoute, async (request) =>
      statusOf(database, candidateOf(request).candidateId, limits),
    );

    const taskRoute = {
      schema: { tags, summary: '试题与素材清单（开考后）', response: { 200: shape.taskSchema } },
      config: candidates,
    };
    app.get('/hand-in/task', taskRoute, async (request) => {
      const seating = await seatingOrRefuse(database, candidateOf(request).candidateId);
      requireStarted(seating, new Date());
      const paper = await paperOf(database, seating.versionId);
      const { id, title, minutes, taskText } = paper;
      return {
        paper: { id, title, minutes },
        text: taskText,
        materials: await materialsOf(database, seating.versionId),
      };
    });

    const materialRoute = {
      schema: { tags, summary: '下载一个素材', params: z.object({ '*': z.string() }) },
      config: candidates,
    };
    app.get('/hand-in/materials/*', materialRoute, async (request, reply) => {
      const seating = await seatingOrRefuse(database, candidateOf(request).candidateId);
      requireStarted(seating, new Date());
      const path = request.params['*'];
      const material = (await materialsOf(database, seating.versionId)).find((one) => one.path === path);
      if (!material) throw notFound(`素材“${path}”`);
      const name = encodeURIComponent(path.split('/').at(-1) ?? path);
      const headers = {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'content-length': String(material.bytes),
      };
      return reply.headers(headers).send(await blobs.open(material.sha256));
    });

    const handInRoute = {
      schema: {
        tags,
        summary: '交卷：一次 multipart 请求，文件名为相对路径',
        consumes: ['multipart/form-data'],
        headers: z.object({ 'idempotency-key': z.string().optional() }),
        response: { 200: shape.handInAnswerSchema, 201: shape.handInAnswerSchema },
      },
      config: { ...candidates, multipartOptions: {} },
    };
    app.post('/hand-in/attempts', handInRoute, async (request, reply) => {
      const first = new Date(Date.now() - reply.elapsedTime);
      const idempotencyKey = idempotencyKeyOf(request);
      const { candidateId } = candidateOf(request);
      const answer = await handIn(parts, candidateId, { idempotencyKey, first }, () =>
        receiveForm(request, blobs, limits),
      );
      return reply.code(answer.idempotent ? 200 : 201).send(answer);
    });

    const keysRoute = {
      schema: { tags, summary: '核验回执用的公钥', response: { 200: shape.receiptKeysSchema } },
      config: { access: 'public' as const },
    };
    app.get('/receipt-keys', keysRoute, async () =>
      [...(await publicKeys(database))].map(([id, publicKey]) => ({ id, publicKey })),
    );
  };
