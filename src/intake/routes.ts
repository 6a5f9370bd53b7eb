import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { candidateOf } from '../access/actor.ts';
import { identifyCandidate } from '../exams/candidate-identity.ts';
import { materialsOf, paperOf } from '../exams/rubric-versions.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { Routes } from '../http/routes.ts';
import { seatingOrRefuse } from './admission.ts';
import { issueCandidateToken } from './candidate-tokens.ts';
import { HandIns } from './hand-in.ts';
import { arrivalOf, idempotencyHeader, idempotencyKeyOf } from './idempotency.ts';
import type { IntakeParts } from './parts.ts';
import { allTold } from './promise.ts';
import { receiveForm, requireForm } from './receive-files.ts';
import { resumableRoutes } from './resumable-routes.ts';
import { roomRoutes } from './room-routes.ts';
import * as shape from './schema.ts';
import { publicKeys } from './signing.ts';
import { statusOf } from './status.ts';
import { requireStarted } from './window.ts';

const tags = ['hand-in'];
const candidates = { access: 'candidate' as const };

/** Guesses a minute at the PIN of one ticket: from one address, and from wherever they come. */
const guessesPerMinute = 10;
const guessesFromAll = 120;

const minutely = { timeWindow: '1 minute' };
const addressOf = (request: FastifyRequest): string => request.ip;
const ticketOf = (request: FastifyRequest): string => shape.tokenRequestSchema.parse(request.body).ticket;

/** @throws Problem 429 */
function refuseGuessing(
  guess: { isAllowed: true } | { isAllowed: false; isExceeded: boolean; ttlInSeconds: number },
): void {
  if (guess.isAllowed || !guess.isExceeded) return;
  throw new Problem(429, 'too-many-requests', '尝试次数过多，请稍后再试；如忘记密码，请举手示意监考员。', {
    headers: { 'retry-after': String(guess.ttlInSeconds) },
  });
}

/** What a terminal needs: in with ticket and PIN, the task, handing in, the receipt. */
export const intakeRoutes =
  (parts: IntakeParts): Routes =>
  async (app) => {
    const { database, blobs, limits } = parts;
    const handIns = new HandIns(parts);
    // A form is read by its handler as it comes; here it is only let through.
    app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
    app.addHook('onClose', allTold);
    await app.register(resumableRoutes(parts));
    await app.register(roomRoutes(database));

    const tokenRoute = {
      schema: {
        tags,
        summary: '用准考证号和密码换取令牌',
        body: shape.tokenRequestSchema,
        response: { 200: shape.tokenAnswerSchema },
      },
      config: {
        access: 'public' as const,
        rateLimit: { ...minutely, max: limits.loginsPerMinute, keyGenerator: addressOf },
      },
    };
    // From one address a ticket is guessed slowly; the wide limit is high enough that no neighbour can lock anybody out.
    const nearby = (request: FastifyRequest): string => `${ticketOf(request)} from ${addressOf(request)}`;
    const guess = app.createRateLimit({ ...minutely, max: guessesPerMinute, keyGenerator: nearby });
    const anyGuess = app.createRateLimit({ ...minutely, max: guessesFromAll, keyGenerator: ticketOf });
    app.post('/hand-in/token', tokenRoute, async (request) => {
      const { ticket, pin, exam } = request.body;
      refuseGuessing(await guess(request));
      refuseGuessing(await anyGuess(request));
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
        headers: idempotencyHeader,
        response: { 200: shape.handInAnswerSchema, 201: shape.handInAnswerSchema },
      },
      config: candidates,
    };
    app.post('/hand-in/attempts', handInRoute, async (request, reply) => {
      const named = { idempotencyKey: idempotencyKeyOf(request), first: arrivalOf(reply) };
      const { candidateId } = candidateOf(request);
      const boundary = requireForm(request.raw);
      const receive = () => receiveForm(request.raw, boundary, parts);
      const answer = await handIns.handIn(candidateId, { ...named, receive });
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
