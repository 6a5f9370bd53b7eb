import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { sqlState } from '../database/database.ts';
import { Problem } from './problem.ts';

/** Fastify's own refusals, in the words of this service. */
const known: Record<string, [status: number, code: string, title: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large', '请求内容过大。'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'media-type', '不支持此内容类型。'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'bad-json', '请求内容不是有效的 JSON。'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'bad-json', '请求内容为空，应为 JSON。'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'content-length', '请求内容的长度与声明的不符。'],
};

/** SQLSTATE character_not_in_repertoire and untranslatable_character: a NUL or half a character in a text of the request. */
const unstorable = ['22021', '22P05'];

function toProblem(error: FastifyError | Problem): Problem | null {
  if (error instanceof Problem) return error;
  if (unstorable.includes(sqlState(error) ?? '')) {
    return new Problem(400, 'bad-character', '请求中含有无法保存的字符（如 NUL），请删除后重试。');
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      where: `${error.validationContext ?? 'body'}${issue.instancePath}`,
      message: issue.message ?? '',
    }));
    return new Problem(400, 'invalid-request', '请求内容不符合要求。', { errors });
  }
  const translated = known[error.code];
  if (translated) return new Problem(...translated);
  if (error.statusCode === 429) return new Problem(429, 'too-many-requests', '请求过于频繁，请稍后再试。');
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return new Problem(error.statusCode, 'bad-request', '请求无法处理。', { detail: error.message });
  }
  return null;
}

async function send(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem.toBody(request.id));
}

/** One place that turns whatever was thrown into problem+json; what nobody foresaw is logged in full and told without details. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const problem = toProblem(error);
    if (problem) {
      request.log.info({ code: problem.code, status: problem.status }, problem.message);
      return send(problem, request, reply);
    }
    request.log.error({ err: error }, 'unforeseen error');
    const unforeseen = new Problem(500, 'internal', '服务器内部错误，请重试；若仍出现，请将编号告知管理员。');
    return send(unforeseen, request, reply);
  });
  app.setNotFoundHandler((request, reply) =>
    send(
      new Problem(404, 'no-such-route', '没有这个地址。', { detail: `${request.method} ${request.url}` }),
      request,
      reply,
    ),
  );
}
