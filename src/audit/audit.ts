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

export interface AuditEntry {
  readonly action: AuditAction;
  /** What it was done to: ids by kind. */
  readonly subject: Readonly<Record<string, unknown>>;
  /** What PostgreSQL can keep as JSON; no secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Lines in one statement: 8 columns each, far below PostgreSQL's 65,535 parameters. */
const batch = 1000;

/**
 * Appends lines to the audit log, as part of the transaction that does what they tell: all are there or none. Call it
 * last: until the transaction ends everybody else who appends waits.
 */
export async function record(
  tx: Transaction,
  actor: AuditActor,
  ...entries: readonly AuditEntry[]
): Promise<void> {
  if (entries.length === 0) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kaoping audit'))`);
  const at = new Date();
  let last = (await lastEvent(tx)) ?? { seq: 0, hash: genesis };
  const lines = entries.map(({ action, subject, detail = {} }) => {
    const line = {
      seq: last.seq + 1,
      at: at.toISOString(),
      actor,
      action,
      subject: { ...subject },
      detail: { ...detail },
      previousHash: last.hash,
    };
    last = { seq: line.seq, hash: hashOf(line) };
    return { ...line, at, hash: last.hash };
  });
  for (let start = 0; start < lines.length; start += batch)
    await tx.insert(auditEvent).values(lines.slice(start, start + batch));
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
