import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** One thing the service cannot work without. `check` resolves with a short note or rejects with the reason. */
export interface Vital {
  readonly name: 'database' | 'queue' | 'store' | 'disk';
  check(): Promise<string>;
}

/** A vital that takes longer is as good as gone: a load balancer will not wait either. */
const patienceMs = 3000;

const answerSchema = z.object({
  ready: z.boolean(),
  vitals: z.record(z.string(), z.object({ ok: z.boolean(), note: z.string() })),
});

async function examine(vital: Vital): Promise<{ ok: boolean; note: string }> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer in ${patienceMs} ms`)), patienceMs);
  try {
    return { ok: true, note: await Promise.race([vital.check(), late]) };
  } catch (error) {
    return { ok: false, note: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** `/livez`: the process answers. `/readyz`: it can do its work, part by part; 503 when not. */
export function serveHealth(app: FastifyInstance, vitals: readonly Vital[]): void {
  app.get(
    '/livez',
    { schema: { tags: ['health'], response: { 200: z.object({ alive: z.literal(true) }) } } },
    async () => ({
      alive: true as const,
    }),
  );
  app.get(
    '/readyz',
    { schema: { tags: ['health'], response: { 200: answerSchema, 503: answerSchema } } },
    async (_request, reply) => {
      const states = await Promise.all(
        vitals.map(async (vital) => [vital.name, await examine(vital)] as const),
      );
      const ready = states.every(([, state]) => state.ok);
      return reply.code(ready ? 200 : 503).send({ ready, vitals: Object.fromEntries(states) });
    },
  );
}
