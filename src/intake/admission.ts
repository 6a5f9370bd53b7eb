import type { Database } from '../database/database.ts';
import { type Seating, seatingOf } from '../exams/candidate-identity.ts';
import { notFound, Problem } from '../http/problem.ts';
import { freeBytes } from '../storage/disk-space.ts';
import type { IntakeParts } from './parts.ts';
import type { AttemptRow } from './queries.ts';
import { diskFull } from './receive-files.ts';
import { requireInTime } from './window.ts';

/** More hand-ins than this within an hour are a program gone wild. */
const attemptsPerHour = 60;
const hourMs = 3_600_000;

/** The candidate's seating. @throws Problem 404 */
export async function seatingOrRefuse(database: Database, candidateId: string): Promise<Seating> {
  const seating = await seatingOf(database, candidateId);
  if (!seating) throw notFound('此考生');
  return seating;
}

/**
 * Whether a new attempt may begin now.
 * @param attempts those that the candidate made before
 * @param first arrival of the first request
 * @throws Problem 409 not open or not started, 422 too late, 429 too many attempts, 507 disk full
 */
export async function requireAdmission(
  { dataDir, limits }: IntakeParts,
  seating: Seating,
  attempts: readonly AttemptRow[],
  first: Date,
): Promise<void> {
  requireInTime(seating, first);
  const recent = attempts.filter(({ firstRequestAt }) => first.getTime() - firstRequestAt.getTime() < hourMs);
  if (recent.length >= attemptsPerHour) {
    throw new Problem(429, 'too-many-attempts', '一小时内提交次数过多，请稍后再试。', {
      headers: { 'retry-after': '600' },
    });
  }
  if ((await freeBytes(dataDir)) < limits.freeDiskBytes) throw diskFull();
}
