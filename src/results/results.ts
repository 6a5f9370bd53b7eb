import { moduleSchema } from '../../rubrics/paper-schema.ts';
import { examOf } from '../exams/exams.ts';
import type { ReviewParts } from '../review/lines.ts';
import { completeStandings } from '../review/standings.ts';
import { type ResultRow, selectResults } from './queries.ts';
import type { Missing, ResultFilter, ResultLine } from './schema.ts';

/** What keeps a result from being complete, in the order in which it has to be done. */
export function missingIn({ state, standing }: Pick<ResultRow, 'state' | 'standing'>): Missing[] {
  if (state === 'none') return [];
  if (!standing) return [{ kind: 'ungraded', items: 0, points: 0 }];
  const { itemsOpen, reviewOpen, doubts, processItems, processOpen } = standing;
  const missing: Missing[] = [
    { kind: 'review', items: itemsOpen, points: reviewOpen },
    { kind: 'doubt', items: doubts, points: 0 },
    { kind: 'process', items: processItems, points: processOpen },
  ];
  return missing.filter(({ items }) => items > 0);
}

export const lineOfRow = (row: ResultRow): ResultLine => {
  const { standing, ...line } = row;
  return {
    ...line,
    module: moduleSchema.parse(row.module),
    missing: missingIn(row),
    possible: standing?.possible ?? null,
    settled: standing?.settled ?? null,
    suggested: standing?.suggested ?? null,
    awarded: row.state === 'complete' ? (standing?.awarded ?? null) : null,
  };
};

/**
 * The candidates of an exam with their scores, in the order of tickets; all of them unless a limit is given.
 * @throws Problem 404
 */
export async function listResults(
  parts: ReviewParts,
  examId: string,
  wanted: ResultFilter & { after?: string | null; limit?: number } = {},
): Promise<ResultLine[]> {
  await examOf(parts.database, examId);
  await completeStandings(parts, examId);
  return (await selectResults(parts.database.db, examId, wanted)).map(lineOfRow);
}
