import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from './problem.ts';
import type { App } from './routes.ts';

const problem = {
  description: '出错时的回答：code 供程序判断，title 供人阅读',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** Routes that send bytes or a stream say so in their summary. */
const bytes = {
  description: '原样内容',
  content: { '*/*': { schema: z.string().meta({ format: 'binary' }) } },
};

type Transform = typeof jsonSchemaTransform;

/** What no route says for itself: how every error looks, and that a public route wants no bearer. */
const documented: Transform = (document) => {
  if (!('openapiObject' in document)) return jsonSchemaTransform(document);
  const { schema, route } = document;
  const said = schema?.response as Record<string, unknown> | undefined;
  const isPublic = !route.url.startsWith('/api/') || route.config?.access === 'public';
  return jsonSchemaTransform({
    ...document,
    schema: {
      ...schema,
      ...(isPublic && { security: [] }),
      response: { ...(said ?? { 200: bytes }), default: problem },
    },
  });
};

/** OpenAPI 3.1 from the very schemas that validate; `/docs` is the page, `/docs/json` the document. */
export async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'kaoping 考评 API',
        version,
        description:
          '电子商务专业技能考核：交卷、初评、阅卷。错误一律为 application/problem+json，`code` 供程序判断，`title` 供人阅读。',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: '考生令牌，或工作人员的会话令牌、API 令牌' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'kaoping_session' },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: documented,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list' },
  });
}
