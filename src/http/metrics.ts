import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A number that is asked for when somebody looks, e.g. how many jobs wait. Async, so it may ask the database. */
export interface Measure {
  readonly name: string;
  readonly help: string;
  read(): Promise<number>;
}

/**
 * `/metrics` in Prometheus' text format: the process, the requests by route and status, and what the stages hand in.
 * Requests are labelled by route pattern, never by address: ids would make endless series.
 */
export function serveMetrics(app: FastifyInstance, measures: readonly Measure[]): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'kaoping_' });
  const requests = new Histogram({
    name: 'kaoping_http_request_seconds',
    help: 'Time from request to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  for (const { name, help, read } of measures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          this.set(await read());
        } catch (error) {
          // In an outage the other metrics are wanted most. NaN says "not known", which no number would.
          this.set(Number.NaN);
          app.log.warn({ err: error, metric: name }, 'a metric cannot be read');
        }
      },
    });
  }
  app.addHook('onResponse', async (request, reply) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: String(reply.statusCode),
    };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    const text = await registry.metrics();
    return reply.type(registry.contentType).send(text);
  });
}
