import type { Database } from '../database/database.ts';
import { type Seating, seatingOf } from '../exams/candidate-identity.ts';
import { notFound, Problem } from '../http/problem.ts';
import { freeBytes } from '../storage/disk-space.ts';
import type { IntakeParts } from './parts.ts';
import { attemptsSince } from './queries.ts';
import { diskFull } from './receive-files.ts';
import { requireInTime } from './window.ts';

/** More hand-ins than this within an hour are a program gone wild. */
const attemptsPerHour = 60;

/** The candidate's seating. @throws Problem 404 */
export async function seatingOrRefuse(database: Database, candidateId: string): Promise<Seating> {
  const seating = await seatingOf(database, candidateId);
  if (!seating) throw notFound('此考生');
  return seating;
}

/**
 * Whether a new attempt may begin now.
 * @param first arrival of the first request
 * @throws Problem 409 not open or not started, 422 too late, 429 too many attempts, 507 disk full
 */
export async function requireAdmission(
  { database, dataDir, limits }: IntakeParts,
  seating: Seating,
  first: Date,
): Promise<void> {
  requireInTime(seating, first);
  const hour = new Date(first.getTime() - 3_600_000);
  const [recent, free] = await Promise.all([
    attemptsSince(database, seating.candidateId, hour),
    freeBytes(dataDir),
  ]);
  if (recent >= attemptsPerHour) {
    throw new Problem(429, 'too-many-attempts', '一小时内提交次数过多，请稍后再试。', {
      headers: { 'retry-after': '600' },
    });
  }
  if (free < limits.freeDiskBytes) throw diskFull();
}
