import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { candidate } from '../database/schema/exams.ts';
import { lease } from '../database/schema/review.ts';
import { notFound, Problem } from '../http/problem.ts';
import { lineFor, type ReviewParts } from './lines.ts';
import { counted, dropLease, lineOf, place, selectLines, stateOrWaiting, takeLease } from './queries.ts';
import type { NextWishes, ReviewLine } from './schema.ts';

/** What I hold already. */
const mineFirst = (me: string) => sql`${lease.accountId} is distinct from ${me}`;

/** On from a submission, then around. */
const behindFirst = (candidateId: string) => sql`${place} <= md5(${candidateId})`;

/** Lets go of nothing and takes nothing: work that waits, or was begun and left, and that nobody else holds. */
async function nextFree(
  tx: Transaction,
  me: string,
  wishes: NextWishes,
  passed: readonly string[],
): Promise<string | null> {
  const [found] = await selectLines(tx)
    .where(
      counted(
        inArray(stateOrWaiting, ['waiting', 'started']),
        or(isNull(lease.accountId), eq(lease.accountId, me)),
        wishes.exam ? eq(candidate.examId, wishes.exam) : undefined,
        wishes.paper ? eq(candidate.paperId, wishes.paper) : undefined,
        wishes.module ? eq(candidate.module, wishes.module) : undefined,
        wishes.after ? ne(candidate.id, wishes.after) : undefined,
        and(...passed.map((id) => ne(candidate.id, id))),
      ),
    )
    .orderBy(wishes.after ? behindFirst(wishes.after) : mineFirst(me), asc(place))
    .limit(1)
    // Whoever asks at the same moment gets another one and does not wait.
    .for('no key update', { of: candidate, skipLocked: true });
  return found?.candidateId ?? null;
}

/**
 * Takes the next submission that waits and that nobody else holds: what I hold already comes first.
 * @throws Problem 404 `nothing-waits`
 */
export async function takeNext(parts: ReviewParts, me: string, wishes: NextWishes): Promise<ReviewLine> {
  const { database } = parts;
  if (wishes.after) await dropLease(database.db, wishes.after, me);
  const passed: string[] = [];
  for (;;) {
    const taken = await takeOne(database, me, wishes, passed);
    if (taken === null) throw new Problem(404, 'nothing-waits', '没有待评的作品。');
    const line = taken.held ? await lineFor(parts, taken.candidateId, me) : null;
    if (line?.state === 'waiting' || line?.state === 'started') return line;
    // Taken by somebody else at the same moment, or nothing of it was left to mark.
    if (line) await dropLease(database.db, taken.candidateId, me);
    passed.push(taken.candidateId);
  }
}

async function takeOne(database: Database, me: string, wishes: NextWishes, passed: readonly string[]) {
  return database.transaction(async (tx) => {
    const candidateId = await nextFree(tx, me, wishes, passed);
    if (candidateId === null) return null;
    return { candidateId, held: (await takeLease(tx, candidateId, me)) !== null };
  });
}

/**
 * Takes a submission on purpose, or goes on holding it.
 * @throws Problem 404, 409 `leased` when somebody else holds it
 */
export async function takeOrRenew(
  { database }: ReviewParts,
  me: string,
  candidateId: string,
): Promise<{ mine: true; until: string }> {
  if (!(await lineOf(database.db, candidateId))) throw notFound('此作品');
  const until = await takeLease(database.db, candidateId, me);
  if (until === null) throw new Problem(409, 'leased', '另一位阅卷员正在评阅此作品。');
  return { mine: true, until: until.toISOString() };
}

/** Gives a submission back; giving back what one does not hold is no error. */
export const giveBack = ({ database }: ReviewParts, me: string, candidateId: string): Promise<void> =>
  dropLease(database.db, candidateId, me);
