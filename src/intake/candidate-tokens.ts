import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../access/actor.ts';
import { hashToken, newToken } from '../access/token.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { candidate } from '../database/schema/exams.ts';
import { candidateToken } from '../database/schema/intake.ts';
import type { Seating } from '../exams/candidate-identity.ts';

/** After the end a terminal may still want its receipt; half an hour is plenty. */
const afterEndMs = 30 * 60_000;

/** Makes a token for a candidate whose PIN was checked. Several live side by side: a terminal may be restarted. */
export async function issueCandidateToken(
  { db }: Database,
  { candidateId, session }: Seating,
): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newToken('candidate');
  const end = Math.max(session.endsAt.getTime() + session.graceSeconds * 1000, Date.now());
  const expiresAt = new Date(end + afterEndMs);
  await db.insert(candidateToken).values({ tokenHash: hash, candidateId, expiresAt });
  return { token, expiresAt };
}

const holder = prepared((db) =>
  db
    .select({ candidateId: candidate.id, examId: candidate.examId })
    .from(candidateToken)
    .innerJoin(candidate, eq(candidate.id, candidateToken.candidateId))
    .where(
      and(
        eq(candidateToken.tokenHash, sql.placeholder('tokenHash')),
        isNull(candidateToken.revokedAt),
        gt(candidateToken.expiresAt, sql`now()`),
      ),
    )
    .prepare('intake_holder_of_token'),
);

/** The candidate behind a bearer; null when it is unknown, expired or revoked. */
export async function recogniseCandidate(database: Database, token: string): Promise<Actor | null> {
  const [found] = await holder(database).execute({ tokenHash: hashToken(token) });
  return found ? { kind: 'candidate', ...found } : null;
}
