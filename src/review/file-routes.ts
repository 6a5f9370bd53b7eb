import { createReadStream } from 'node:fs';
import { posix } from 'node:path';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notFound } from '../http/problem.ts';
import type { Routes } from '../http/routes.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { Exhibit } from './exhibits.ts';
import { textOf } from './file-text.ts';
import { pngOf } from './picture.ts';
import { renderPage, renderPolicy } from './render/render.ts';
import { fileTextSchema } from './schema.ts';
import { filesOf, materialOf, type SubmissionParts } from './submission.ts';

const tags = ['review'];
const config = { access: ['administrator', 'examiner'] as const };
const byPosition = z.object({ candidate: z.string(), position: z.coerce.number().int().min(0) });
const byPath = z.object({ candidate: z.string(), '*': z.string() });

type Sent = Pick<Exhibit, 'path' | 'bytes' | 'sha256' | 'mime' | 'view'>;

/**
 * A candidate's file is hostile. What is nothing but a picture is sent as one; all else as bytes to keep, never as a
 * page or script of ours.
 */
function headersOf({ path, bytes, sha256, mime, view }: Sent): Record<string, string> {
  const name = encodeURIComponent(posix.basename(path));
  const isPicture = view === 'picture';
  return {
    'content-type': isPicture ? mime : 'application/octet-stream',
    'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    'content-length': String(bytes),
    'content-security-policy': "sandbox; default-src 'none'",
    etag: `"${sha256}"`,
    'cache-control': 'private, max-age=31536000, immutable',
  };
}

const sendPng = (reply: FastifyReply, { sha256 }: Sent, png: Buffer) =>
  reply
    .headers({
      'content-type': 'image/png',
      'content-security-policy': "sandbox; default-src 'none'",
      etag: `"${sha256}-png"`,
      'cache-control': 'private, max-age=31536000, immutable',
    })
    .send(png);

/** The work itself and the 素材, in the forms that the marking room shows them in. */
export const reviewFileRoutes =
  (parts: SubmissionParts & { blobs: BlobStore }): Routes =>
  async (app) => {
    const { blobs } = parts;

    async function fileAt({ candidate, position }: z.infer<typeof byPosition>): Promise<Exhibit> {
      const file = (await filesOf(parts, candidate))[position];
      if (!file) throw notFound('此文件');
      return file;
    }
    async function materialAt({ candidate, '*': path }: z.infer<typeof byPath>) {
      const material = await materialOf(parts, candidate, path);
      const location = await blobs.localPath(material.sha256);
      if (location === null) throw notFound(`素材“${path}”`);
      return { ...material, location };
    }
    const base = '/review/submissions/:candidate';

    const fileRoute = { schema: { tags, summary: '作品中的一个文件', params: byPosition }, config };
    app.get(`${base}/files/:position`, fileRoute, async (request, reply) => {
      const file = await fileAt(request.params);
      return reply.headers(headersOf(file)).send(createReadStream(file.location));
    });

    const pictureRoute = {
      schema: { tags, summary: '浏览器不能显示的图片（BMP、PSD、TIFF），转为 PNG', params: byPosition },
      config,
    };
    app.get(`${base}/picture/:position`, pictureRoute, async (request, reply) => {
      const file = await fileAt(request.params);
      return sendPng(reply, file, await pngOf(file));
    });

    const textRoute = {
      schema: {
        tags,
        summary: '文本文件的内容（按评卷程序的方式解码）',
        params: byPosition,
        response: { 200: fileTextSchema },
      },
      config,
    };
    app.get(`${base}/text/:position`, textRoute, async (request) => textOf(await fileAt(request.params)));

    const renderRoute = {
      schema: { tags, summary: '网页效果：放在 sandbox 的 iframe 中，不能访问任何东西', params: byPosition },
      config,
    };
    app.get(`${base}/render/:position`, renderRoute, async (request, reply) => {
      const { candidate, position } = request.params;
      const files = await filesOf(parts, candidate);
      const page = files[position];
      if (!page) throw notFound('此文件');
      const { html, leftOut } = await renderPage(page, files);
      return reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': renderPolicy,
          'cross-origin-opener-policy': 'unsafe-none',
          'referrer-policy': 'no-referrer',
          'cache-control': 'private, no-cache',
          'x-kaoping-left-out': String(leftOut),
        })
        .send(html);
    });

    const materialRoute = { schema: { tags, summary: '一个素材（原样）', params: byPath }, config };
    app.get(`${base}/materials/*`, materialRoute, async (request, reply) => {
      const material = await materialAt(request.params);
      return reply.headers(headersOf(material)).send(await blobs.open(material.sha256));
    });
    const materialPictureRoute = {
      schema: { tags, summary: '浏览器不能显示的素材图片，转为 PNG', params: byPath },
      config,
    };
    app.get(`${base}/material-picture/*`, materialPictureRoute, async (request, reply) => {
      const material = await materialAt(request.params);
      return sendPng(reply, material, await pngOf(material));
    });
    const materialTextRoute = {
      schema: { tags, summary: '文本素材的内容', params: byPath, response: { 200: fileTextSchema } },
      config,
    };
    app.get(`${base}/material-text/*`, materialTextRoute, async (request) => {
      const material = await materialAt(request.params);
      return textOf(material);
    });
  };
