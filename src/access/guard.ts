import type { FastifyInstance, FastifyRequest } from 'fastify';
import { forbidden, unauthorized } from '../http/problem.ts';
import { type Actor, enforce } from './actor.ts';
import { kindOf, type TokenKind } from './token.ts';

export const sessionCookie = 'kaoping_session';

/** Finds the holder of a bearer of one kind; null when it is unknown, expired or revoked. */
export type Recognise = (token: string) => Promise<Actor | null>;

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A cookie travels with every request the browser makes, also with one that another site started: a changing
 * request by cookie must come from our own pages. Programs use bearers and are not concerned.
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  if (reading.has(request.method)) return;
  const { origin } = request.headers;
  // Sandboxed pages send the word `null`; behind a trusted proxy the host is the one people typed.
  if (!origin || !URL.canParse(origin) || new URL(origin).host !== request.host) throw forbidden();
}

const bearerOf = (request: FastifyRequest): string | null => {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' && token ? token : null;
};

/** The guard of the HTTP side, from one recogniser per kind of bearer. */
export function createGuard(recognise: Readonly<Record<TokenKind, Recognise>>) {
  return { prepare: requireAccess, identify: createIdentify(recognise) };
}

/**
 * Finds out who asks, then enforces the route's rule. A bearer that is given but not
 * recognised is refused: falling back to nobody would hide an expired token behind a 403.
 */
function createIdentify(recognise: Readonly<Record<TokenKind, Recognise>>) {
  return async (request: FastifyRequest): Promise<void> => {
    const bearer = bearerOf(request);
    const cookie = bearer ? undefined : request.cookies[sessionCookie];
    const token = bearer ?? cookie;
    request.actor = null;
    if (token) {
      const kind = kindOf(token);
      request.actor = kind && (await recognise[kind](token));
      // A stale cookie is no fault of whoever signs in anew; a stale bearer is told.
      if (!request.actor && bearer) throw unauthorized();
      if (cookie && request.actor) refuseForeignOrigin(request);
    }
    enforce(request.routeOptions.config.access ?? [], request.actor);
  };
}

/** Refuses, at start, a route below /api/v1 that does not say who may use it. */
function requireAccess(app: FastifyInstance): void {
  app.decorateRequest('actor', null);
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && !route.config?.access) {
      throw new Error(
        `route ${String(route.method)} ${route.url} does not say who may use it: add config.access`,
      );
    }
  });
}
