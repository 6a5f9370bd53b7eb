import type { Limits } from '../config.ts';
import type { Database } from '../database/database.ts';
import { seatingOrRefuse } from './hand-in.ts';
import { packageProblemSchema } from './manifest.ts';
import type { AttemptRow } from './queries.ts';
import { completeAttempts } from './queries.ts';
import { receiptSchema } from './receipt.ts';
import { lastMoment } from './window.ts';

const isComplete = ({ requiredFilled, requiredTotal }: AttemptRow): boolean =>
  (requiredFilled ?? 0) >= (requiredTotal ?? 0);

function countingSentence(rows: readonly AttemptRow[]): string {
  const chosen = rows.find(({ counts }) => counts);
  if (!chosen) return '尚未收到任何作品。';
  const newest = rows[0];
  if (isComplete(chosen)) {
    const replaced = newest && newest.id !== chosen.id ? '（之后的提交不完整，不替换此次）' : '';
    return `以第 ${chosen.number} 次提交为准：最后一次文件齐全的提交${replaced}。`;
  }
  return `以第 ${chosen.number} 次提交为准：目前最完整的一次（要求 ${chosen.requiredTotal} 个文件，收到 ${chosen.requiredFilled} 个）。`;
}

function attemptShown(row: AttemptRow) {
  const { receipt, code } = receiptSchema.parse(row.receipt);
  return {
    attempt: row.id,
    number: row.number,
    receivedAt: receipt.receivedAt,
    counts: row.counts,
    complete: isComplete(row),
    files: receipt.files,
    problems: packageProblemSchema.array().parse(row.problems),
    code,
  };
}

/** A candidate's own standing: time left, hand-ins, which one counts. Nothing about grading. */
export async function statusOf(database: Database, candidateId: string, limits: Limits) {
  const seating = await seatingOrRefuse(database, candidateId);
  const rows = await completeAttempts(database, candidateId);
  const now = new Date();
  const { name, startsAt, endsAt, graceSeconds } = seating.session;
  const left = Math.floor((lastMoment(seating).getTime() - graceSeconds * 1000 - now.getTime()) / 1000);
  return {
    serverTime: now.toISOString(),
    session: {
      name,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      graceSeconds,
      secondsLeft: Math.max(0, left),
    },
    limits: { fileBytes: limits.fileBytes, submissionBytes: limits.submissionBytes, files: limits.files },
    attempts: rows.map(attemptShown),
    counting: countingSentence(rows),
  };
}
