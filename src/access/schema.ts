import { z } from 'zod';
import { roleSchema } from './role.ts';

const instant = z.iso.datetime();

export const signInSchema = z.object({
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
});

export const signedInSchema = z.object({
  token: z.string(),
  expiresAt: instant,
  account: z.object({
    id: z.string(),
    name: z.string(),
    displayName: z.string(),
    roles: z.array(roleSchema),
    mustChangePassword: z.boolean(),
  }),
});

export const meSchema = z.object({ id: z.string(), name: z.string(), roles: z.array(roleSchema) });

export const newAccountSchema = z.object({
  name: z.string().min(2).max(100),
  displayName: z.string().min(1).max(100),
  password: z.string().max(200),
  roles: z.array(roleSchema).min(1),
});

export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  roles: z.array(roleSchema),
  createdAt: instant,
  disabledAt: instant.nullable(),
});

export const changePasswordSchema = z.object({ present: z.string().max(200), next: z.string().max(200) });

export const newTokenSchema = z.object({
  name: z.string().min(1).max(100),
  roles: z.array(roleSchema).min(1),
  expiresAt: instant.nullable().default(null),
});

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const idSchema = z.object({ id: z.string() });
