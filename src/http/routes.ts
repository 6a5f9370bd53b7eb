import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** The Fastify instance everything is mounted on. */
export type App = FastifyInstance;

/** A stage's routes, mounted below /api/v1: schemas are zod, types follow from them. */
export type Routes = FastifyPluginAsyncZod;
