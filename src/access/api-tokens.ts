import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { type AuditActor, record, theService } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { account, apiToken } from '../database/schema/access.ts';
import type { Actor } from './actor.ts';
import type { Role } from './role.ts';
import { hashToken, newToken } from './token.ts';

/** Makes a token for a program. Its text is returned this once; only its hash is kept. */
export async function addApiToken(
  database: Database,
  wanted: { accountId: string; name: string; roles: Role[]; expiresAt: Date | null },
  actor: AuditActor = theService,
): Promise<{ id: string; token: string }> {
  const { token, hash } = newToken('api');
  const id = newId('tok');
  const { accountId, name, roles, expiresAt } = wanted;
  await database.transaction(async (tx) => {
    await tx.insert(apiToken).values({ id, tokenHash: hash, ...wanted });
    const detail = { name, roles, expiresAt: expiresAt?.toISOString() ?? null };
    await record(tx, actor, { action: 'token.add', subject: { account: accountId, token: id }, detail });
  });
  return { id, token };
}

/** The account's tokens, oldest first, without their text. */
export async function listApiTokens({ db }: Database, accountId: string) {
  return db
    .select({
      id: apiToken.id,
      name: apiToken.name,
      roles: apiToken.roles,
      createdAt: apiToken.createdAt,
      expiresAt: apiToken.expiresAt,
      lastUsedAt: apiToken.lastUsedAt,
      revokedAt: apiToken.revokedAt,
    })
    .from(apiToken)
    .where(eq(apiToken.accountId, accountId))
    .orderBy(asc(apiToken.id));
}

/** Ends a token of this account. @returns false when the account has no such token */
export async function revokeApiToken(
  database: Database,
  accountId: string,
  id: string,
  actor: AuditActor = theService,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [found] = await tx
      .update(apiToken)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiToken.id, id), eq(apiToken.accountId, accountId)))
      .returning({ name: apiToken.name });
    if (!found) return false;
    await record(tx, actor, {
      action: 'token.revoke',
      subject: { account: accountId, token: id },
      detail: found,
    });
    return true;
  });
}

/** The account behind a program's bearer, with the roles that both the token and, today, the account have. */
export async function recogniseApiToken({ db }: Database, token: string): Promise<Actor | null> {
  const tokenHash = hashToken(token);
  const [found] = await db
    .update(apiToken)
    .set({ lastUsedAt: sql`now()` })
    .from(account)
    .where(
      and(
        eq(account.id, apiToken.accountId),
        eq(apiToken.tokenHash, tokenHash),
        isNull(apiToken.revokedAt),
        isNull(account.disabledAt),
        or(isNull(apiToken.expiresAt), gt(apiToken.expiresAt, sql`now()`)),
      ),
    )
    .returning({ accountId: account.id, name: account.name, own: account.roles, granted: apiToken.roles });
  if (!found) return null;
  const roles = found.granted.filter((role) => found.own.includes(role));
  return { kind: 'account', via: 'api', accountId: found.accountId, name: found.name, roles };
}
