import type { Limits } from '../config.ts';
import type { Database } from '../database/database.ts';
import { seatingOrRefuse } from './admission.ts';
import { isComplete as allThere } from './counting.ts';
import { packageProblemSchema } from './manifest.ts';
import { type AttemptRow, attemptsOf } from './queries.ts';
import { receiptSchema } from './receipt.ts';

const isComplete = ({ requiredFilled, requiredTotal }: AttemptRow): boolean =>
  allThere({ requiredFilled: requiredFilled ?? 0, requiredTotal: requiredTotal ?? 1 });

/** @param rows complete attempts, newest first */
function countingSentence(rows: readonly AttemptRow[]): string {
  const chosen = rows.find(({ counts }) => counts);
  if (!chosen) return '尚未收到任何作品。';
  if (isComplete(chosen)) {
    const replaced = rows[0] !== chosen ? '（之后的提交不完整，不替换此次）' : '';
    return `以第 ${chosen.number} 次提交为准：最后一次文件齐全的提交${replaced}。`;
  }
  return `以第 ${chosen.number} 次提交为准：目前最完整的一次（要求 ${chosen.requiredTotal} 个文件，收到 ${chosen.requiredFilled} 个）。`;
}

function attemptShown(row: AttemptRow) {
  const promised = row.receipt === null ? null : receiptSchema.parse(row.receipt);
  return {
    attempt: row.id,
    number: row.number,
    state: row.state,
    receivedAt: row.firstRequestAt.toISOString(),
    counts: row.counts,
    complete: row.state === 'complete' && isComplete(row),
    requiredFilled: row.requiredFilled,
    requiredTotal: row.requiredTotal,
    files: promised?.receipt.files ?? [],
    problems: packageProblemSchema.array().parse(row.problems),
    code: promised?.code ?? null,
  };
}

/** A candidate's own standing: time left, hand-ins, which one counts. Nothing about grading. */
export async function statusOf(database: Database, candidateId: string, limits: Limits) {
  const [seating, rows] = await Promise.all([
    seatingOrRefuse(database, candidateId),
    attemptsOf(database, candidateId),
  ]);
  const now = new Date();
  const { name, startsAt, endsAt, graceSeconds } = seating.session;
  const { fileBytes, submissionBytes, files } = limits;
  return {
    serverTime: now.toISOString(),
    session: {
      name,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      graceSeconds,
      secondsLeft: Math.max(0, Math.floor((endsAt.getTime() - now.getTime()) / 1000)),
    },
    limits: { fileBytes, submissionBytes, files },
    attempts: rows.map(attemptShown),
    counting: countingSentence(rows.filter(({ state }) => state === 'complete')),
  };
}
