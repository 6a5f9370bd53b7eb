import type { FastifyRequest } from 'fastify';
import { forbidden, unauthorized } from '../http/problem.ts';
import type { Role } from './role.ts';

/** Who asks. Candidates are no accounts and have no roles. */
export type Actor =
  | { kind: 'account'; accountId: string; name: string; roles: readonly Role[]; via: 'session' | 'api' }
  | { kind: 'candidate'; candidateId: string; examId: string };

/** Who may use a route: everybody, any signed-in account, accounts with one of the roles, or candidates. */
export type Access = 'public' | 'account' | 'candidate' | readonly Role[];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route below /api/v1 must say it; one that does not is refused at start. */
    access?: Access;
  }
  interface FastifyRequest {
    actor: Actor | null;
  }
}

/** The signed-in account. @throws Problem 401 or 403 */
export function accountOf(request: FastifyRequest): Extract<Actor, { kind: 'account' }> {
  if (!request.actor) throw unauthorized();
  if (request.actor.kind !== 'account') throw forbidden();
  return request.actor;
}

/** The candidate at the terminal. @throws Problem 401 or 403 */
export function candidateOf(request: FastifyRequest): Extract<Actor, { kind: 'candidate' }> {
  if (!request.actor) throw unauthorized();
  if (request.actor.kind !== 'candidate') throw forbidden();
  return request.actor;
}

/** Enforces a route's `access`. @throws Problem 401 when nobody is signed in, 403 when the wrong one is */
export function enforce(access: Access, actor: Actor | null): void {
  if (access === 'public') return;
  if (!actor) throw unauthorized();
  if (access === 'candidate') {
    if (actor.kind !== 'candidate') throw forbidden();
    return;
  }
  if (actor.kind !== 'account') throw forbidden();
  if (access === 'account') return;
  if (!access.some((role) => actor.roles.includes(role))) throw forbidden();
}
