import { desc, sql } from 'drizzle-orm';
import { digestOf } from '../../rubrics/canonical.ts';
import type { Actor } from '../access/actor.ts';
import type { Queries, Transaction } from '../database/database.ts';
import { auditEvent } from '../database/schema/audit.ts';
import type { AuditActor, AuditEvent } from './schema.ts';

export type { AuditActor } from './schema.ts';

/** What is done; `<thing>.<verb>`, stable: programs search for it. */
export type AuditAction =
  | 'mark.put'
  | 'process.put'
  | 'process.import'
  | 'rubric.import'
  | 'rubric.publish'
  | 'exam.create'
  | 'exam.state'
  | 'exam.session'
  | 'exam.candidates'
  | 'account.add'
  | 'account.disable'
  | 'account.password'
  | 'token.add'
  | 'token.revoke'
  | 'results.export'
  | 'results.sheet';

/** `previousHash` of the first line. */
export const genesis = '0'.repeat(64);

/** What the service does by itself. */
export const theService: AuditActor = { kind: 'service', id: null, name: 'kaoping' };

/** Whoever typed a command on the server. */
export const commandOf = (name: string): AuditActor => ({ kind: 'command', id: null, name });

/** A signed-in account. */
export const accountActor = ({ accountId, name }: Extract<Actor, { kind: 'account' }>): AuditActor => ({
  kind: 'account',
  id: accountId,
  name,
});

/** SHA-256 over the canonical JSON (RFC 8785) of all other fields, the hash of the line before among them. */
export const hashOf = ({ seq, at, actor, action, subject, detail, previousHash }: Omit<AuditEvent, 'hash'>) =>
  digestOf({ seq, at, actor, action, subject, detail, previousHash });

/**
 * Appends a line to the audit log, as part of the transaction that does what it tells: both are there or neither. Call
 * it last: until the transaction ends everybody else who appends waits.
 * @param subject what it was done to: ids by kind
 * @param detail what PostgreSQL can keep as JSON; no secrets
 */
export async function record(
  tx: Transaction,
  actor: AuditActor,
  action: AuditAction,
  subject: Readonly<Record<string, unknown>>,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kaoping audit'))`);
  const last = await lastEvent(tx);
  const line = {
    seq: (last?.seq ?? 0) + 1,
    at: new Date().toISOString(),
    actor,
    action,
    subject: { ...subject },
    detail: { ...detail },
    previousHash: last?.hash ?? genesis,
  };
  await tx.insert(auditEvent).values({ ...line, at: new Date(line.at), hash: hashOf(line) });
}

/** The newest line; null when there is none. */
export async function lastEvent(db: Queries): Promise<{ seq: number; hash: string } | null> {
  const [found] = await db
    .select({ seq: auditEvent.seq, hash: auditEvent.hash })
    .from(auditEvent)
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return found ?? null;
}
