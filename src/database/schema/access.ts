import { boolean, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, moment, noneBut } from './columns.ts';

export const roles = ['administrator', 'examiner', 'invigilator'] as const;
export type Role = (typeof roles)[number];

/** Somebody who works here; candidates are no accounts. */
export const account = pgTable(
  'account',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull().unique('account_name'),
    displayName: text('display_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    roles: text('roles', { enum: roles }).array().notNull(),
    createdAt: createdAt(),
    disabledAt: moment('disabled_at'),
    mustChangePassword: boolean('must_change_password').notNull().default(false),
  },
  (table) => [noneBut('account_roles', table.roles, roles)],
);

/** A browser that signed in; only the hash of its token is kept. */
export const accountSession = pgTable(
  'account_session',
  {
    tokenHash: text('token_hash').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('account_session_account').on(table.accountId)],
);

/** A program's way in: never more roles than its account has at the moment of use. */
export const apiToken = pgTable(
  'api_token',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique('api_token_hash'),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    roles: text('roles', { enum: roles }).array().notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('api_token_account').on(table.accountId), noneBut('api_token_roles', table.roles, roles)],
);

/** The public half of a key that signs receipts. Retired keys stay: their receipts must still verify. */
export const signingKey = pgTable('signing_key', {
  id: text('id').primaryKey(),
  publicKey: text('public_key').notNull(),
  createdAt: createdAt(),
  retiredAt: moment('retired_at'),
});

/** Small facts about this installation, by name. */
export const setting = pgTable('setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
});
