import { z } from 'zod';

/** Who did it: an account, a command on the server, or the service by itself. */
export const auditActorSchema = z.object({
  kind: z.enum(['account', 'command', 'service']),
  /** Of the account; null for the others. */
  id: z.string().nullable(),
  name: z.string(),
});
export type AuditActor = z.infer<typeof auditActorSchema>;

const fields = z.record(z.string(), z.unknown());

/** One line of the audit log. `hash` covers all other fields, `previousHash` the line before: nothing changes unseen. */
export const auditEventSchema = z.object({
  seq: z.number().int(),
  at: z.iso.datetime(),
  actor: auditActorSchema,
  /** What was done, e.g. `mark.put`. */
  action: z.string(),
  /** What it was done to, ids by kind. */
  subject: fields,
  detail: fields,
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;
