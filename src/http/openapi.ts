import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { App } from './routes.ts';

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
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list' },
  });
}
