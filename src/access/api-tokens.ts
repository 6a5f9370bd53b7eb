import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { account, apiToken } from '../database/schema/access.ts';
import type { Actor } from './actor.ts';
import type { Role } from './role.ts';
import { hashToken, newToken } from './token.ts';

/** Makes a token for a program. Its text is returned this once; only its hash is kept. */
export async function addApiToken(
  { db }: Database,
  wanted: { accountId: string; name: string; roles: Role[]; expiresAt: Date | null },
): Promise<{ id: string; token: string }> {
  const { token, hash } = newToken('api');
  const id = newId('tok');
  await db.insert(apiToken).values({ id, tokenHash: hash, ...wanted });
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
export async function revokeApiToken({ db }: Database, accountId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(apiToken)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiToken.id, id), eq(apiToken.accountId, accountId)))
    .returning({ id: apiToken.id });
  return rows.length > 0;
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
