import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { handleErrors } from './errors.ts';
import { serveHealth, type Vital } from './health.ts';
import { type Measure, serveMetrics } from './metrics.ts';
import { describeApi } from './openapi.ts';
import type { App, Routes } from './routes.ts';

export interface AppParts {
  readonly log: FastifyBaseLogger;
  readonly version: string;
  readonly trustProxy: boolean;
  readonly requestsPerMinute: number;
  readonly vitals: readonly Vital[];
  readonly measures: readonly Measure[];
  /** Who may: refuses routes without a rule at start, and finds out who asks before each handler. */
  readonly guard: { prepare(app: App): void; identify(request: FastifyRequest): Promise<void> };
  readonly routes: readonly Routes[];
  /** Routes outside /api/v1, e.g. the pages. */
  readonly outside?: readonly Routes[];
}

/** Whom the rate limit counts: the bearer or session where there is one, since a whole room may share one address. */
const holderOf = ({ headers, ip }: FastifyRequest): string => headers.authorization ?? headers.cookie ?? ip;

/** Builds the whole HTTP side from its parts; nothing here knows a stage. */
export async function buildApp(parts: AppParts): Promise<App> {
  const app = fastify({
    loggerInstance: parts.log,
    trustProxy: parts.trustProxy,
    genReqId: () => `req_${randomBytes(9).toString('base64url')}`,
    // Ours alone makes request ids: one taken from a header could be forged into the logs.
    requestIdHeader: false,
    // One line per request, ours, with the route pattern; Fastify's two lines carry the address.
    logController: new LogController({ requestIdLogLabel: 'requestId', disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const instance = app as unknown as App;
  handleErrors(instance);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const seen = {
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    request.log.info(seen, 'answered');
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: { 'upgrade-insecure-requests': null, 'img-src': ["'self'", 'data:', 'blob:'] },
    },
    // Exam rooms speak plain HTTP inside; whoever serves TLS sets this header in front.
    strictTransportSecurity: false,
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: true,
    max: parts.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: holderOf,
  });
  await describeApi(instance, parts.version);

  parts.guard.prepare(instance);
  serveHealth(instance, parts.vitals);
  serveMetrics(instance, parts.measures);
  for (const plugin of parts.outside ?? []) await app.register(plugin);
  await app.register(
    async (api) => {
      api.addHook('onRequest', parts.guard.identify);
      for (const plugin of parts.routes) await api.register(plugin);
    },
    { prefix: '/api/v1' },
  );
  await app.ready();
  return instance;
}
