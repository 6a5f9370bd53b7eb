import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { type AuditActor, record, theService } from '../audit/audit.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../database/id.ts';
import { account, accountSession } from '../database/schema/access.ts';
import { Problem } from '../http/problem.ts';
import type { Actor } from './actor.ts';
import { hashSecret, verifyNobody, verifySecret } from './password.ts';
import type { Role } from './role.ts';
import { hashToken, newToken } from './token.ts';

/** A marking day is long; a forgotten browser must still end. */
const sessionHours = 12;

export interface NewAccount {
  name: string;
  displayName: string;
  password: string;
  roles: Role[];
  mustChangePassword?: boolean;
}

export const minimumPasswordLength = 10;

/** Adds an account. @throws Problem 409 when the name is taken, 422 when the password is too short */
export async function addAccount(
  database: Database,
  wanted: NewAccount,
  actor: AuditActor = theService,
): Promise<{ id: string }> {
  if (wanted.password.length < minimumPasswordLength) {
    throw new Problem(422, 'password-too-short', `密码至少 ${minimumPasswordLength} 个字符。`);
  }
  const { password, mustChangePassword = false, ...plain } = wanted;
  const id = newId('acc');
  const passwordHash = await hashSecret(password);
  return database.transaction(async (tx) => {
    const added = await tx
      .insert(account)
      .values({ id, ...plain, passwordHash, mustChangePassword })
      .onConflictDoNothing({ target: account.name })
      .returning({ id: account.id });
    if (added.length === 0) throw new Problem(409, 'account-exists', `账号“${wanted.name}”已存在。`);
    await record(tx, actor, { action: 'account.add', subject: { account: id }, detail: plain });
    return { id };
  });
}

/** All accounts, by name, without anything secret. */
export async function listAccounts({ db }: Database, after: string | null, limit: number) {
  return db
    .select({
      id: account.id,
      name: account.name,
      displayName: account.displayName,
      roles: account.roles,
      createdAt: account.createdAt,
      disabledAt: account.disabledAt,
    })
    .from(account)
    .where(after === null ? undefined : gt(account.name, after))
    .orderBy(asc(account.name))
    .limit(limit);
}

/** Bars an account; its sessions and tokens end with the next request. */
export async function disableAccount(
  database: Database,
  id: string,
  actor: AuditActor = theService,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const rows = await tx
      .update(account)
      .set({ disabledAt: sql`now()` })
      .where(eq(account.id, id))
      .returning({ name: account.name });
    const [found] = rows;
    if (found)
      await record(tx, actor, { action: 'account.disable', subject: { account: id }, detail: found });
    return found !== undefined;
  });
}

/** Signs in with name and password. @throws Problem 401, the same whatever was wrong */
export async function signIn(database: Database, name: string, password: string) {
  const [found] = await database.db.select().from(account).where(eq(account.name, name));
  const right = found ? await verifySecret(password, found.passwordHash) : await verifyNobody(password);
  if (!found || !right || found.disabledAt) throw new Problem(401, 'wrong-credentials', '账号或密码不正确。');
  const { token, hash } = newToken('session');
  const expiresAt = new Date(Date.now() + sessionHours * 3_600_000);
  await database.db.insert(accountSession).values({ tokenHash: hash, accountId: found.id, expiresAt });
  return { token, expiresAt, account: found };
}

/** Ends the session of this bearer. */
export async function signOut({ db }: Database, token: string): Promise<void> {
  await db
    .update(accountSession)
    .set({ revokedAt: sql`now()` })
    .where(eq(accountSession.tokenHash, hashToken(token)));
}

/**
 * Sets a new password and ends every session of the account, this one too: whoever knows the new one signs in again.
 * @throws Problem 401 when the present password is wrong, 422 when the new one is too short
 */
export async function changePassword(
  database: Database,
  accountId: string,
  present: string,
  next: string,
): Promise<void> {
  if (next.length < minimumPasswordLength) {
    throw new Problem(422, 'password-too-short', `密码至少 ${minimumPasswordLength} 个字符。`);
  }
  const [found] = await database.db.select().from(account).where(eq(account.id, accountId));
  if (!found || !(await verifySecret(present, found.passwordHash))) {
    throw new Problem(401, 'wrong-credentials', '当前密码不正确。');
  }
  const passwordHash = await hashSecret(next);
  await database.db.transaction(async (tx) => {
    await tx
      .update(account)
      .set({ passwordHash, mustChangePassword: false })
      .where(eq(account.id, accountId));
    await tx
      .update(accountSession)
      .set({ revokedAt: sql`now()` })
      .where(eq(accountSession.accountId, accountId));
    const actor: AuditActor = { kind: 'account', id: accountId, name: found.name };
    await record(tx, actor, { action: 'account.password', subject: { account: accountId } });
  });
}

/** The account behind a session bearer; null when unknown, expired, revoked or disabled. */
export async function recogniseSession({ db }: Database, token: string): Promise<Actor | null> {
  const [found] = await db
    .select({ accountId: account.id, name: account.name, roles: account.roles })
    .from(accountSession)
    .innerJoin(account, eq(account.id, accountSession.accountId))
    .where(
      and(
        eq(accountSession.tokenHash, hashToken(token)),
        isNull(accountSession.revokedAt),
        gt(accountSession.expiresAt, sql`now()`),
        isNull(account.disabledAt),
      ),
    );
  return found ? { kind: 'account', via: 'session', ...found } : null;
}

/**
 * Makes the first administrator where there is no account yet.
 * @returns its password, to be printed once and never again; null when accounts exist already
 */
export async function firstAdministrator(database: Database, password: string): Promise<string | null> {
  return database.db.transaction(async (tx) => {
    // Several processes may start on one new database: only one of them may see it empty.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kaoping first administrator'))`);
    const [any] = await tx.select({ id: account.id }).from(account).limit(1);
    if (any) return null;
    const first = {
      id: newId('acc'),
      name: 'admin',
      displayName: '管理员',
      roles: ['administrator', 'examiner', 'invigilator'] as Role[],
    };
    const passwordHash = await hashSecret(password);
    await tx.insert(account).values({ ...first, passwordHash, mustChangePassword: true });
    const { id, ...detail } = first;
    await record(tx, theService, { action: 'account.add', subject: { account: id }, detail });
    return password;
  });
}
