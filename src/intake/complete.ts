import { setTimeout as wait } from 'node:timers/promises';
import { type Database, sqlState } from '../database/database.ts';
import { type Progress, progressChannel } from '../grading/events.ts';
import { chooseCounting, type Standing } from './counting.ts';
import type { Manifest } from './manifest.ts';
import { type AttemptRow, attemptsOf } from './queries.ts';

/** Another completion of the same candidate came between: exclusion_violation of attempt_one_counts, or a deadlock. */
const collisions = ['23P01', '40P01', '40001'];
const mostTries = 10;

/** How an attempt stands among the candidate's others. */
export const standingOf = ({ id, number, requiredFilled, requiredTotal }: AttemptRow): Standing => ({
  id,
  number,
  requiredFilled: requiredFilled ?? 0,
  requiredTotal: requiredTotal ?? 0,
});

/**
 * Commits what a manifest says: files, times, receipt, and which attempt of the candidate counts now; all or nothing.
 * An attempt that is complete already is left as it is. The word goes out with the commit.
 *
 * One statement is one round trip and one flush. It takes no lock: the constraint that one attempt counts makes a
 * concurrent completion fail, which is then decided anew; a decision against the new attempt cannot grow stale, since
 * what counts is only ever replaced by better.
 * @param attempts the candidate's others as last seen; asked for when not given
 */
export async function completeAttempt(
  database: Database,
  manifest: Manifest,
  manifestSha256: string,
  attempts?: readonly AttemptRow[],
): Promise<void> {
  const { attempt: own, candidate, filling } = manifest;
  let seen = attempts;
  for (let tries = 1; ; tries += 1) {
    seen ??= await attemptsOf(database, candidate.id);
    const standing = seen.filter(({ id, counts }) => counts && id !== own.id).map(standingOf);
    const counts = chooseCounting([...standing, { ...own, ...filling }])?.id === own.id;
    try {
      await database.pool.query({
        name: 'intake_complete',
        text: completing,
        values: valuesOf(manifest, manifestSha256, counts),
      });
      return;
    } catch (error) {
      if (tries === mostTries || !collisions.includes(sqlState(error) ?? '')) throw error;
      await wait(Math.random() * 20 * tries);
      seen = undefined;
    }
  }
}

/** An attempt that was aborted meanwhile (the same key through two processes) gets its key back, unless it is in use. */
const completing = `
  with closed as (
    update attempt set
      state = 'complete', completed_at = $4, counts = $5, room = $6, seat = $7, bytes = $8, manifest_sha256 = $9,
      receipt = $10::jsonb, problems = $11::jsonb, required_filled = $12, required_total = $13,
      idempotency_key = case
        when exists (select from attempt o where o.candidate_id = $2 and o.idempotency_key = $3 and o.id <> $1)
        then idempotency_key else $3 end
    where id = $1 and state in ('receiving', 'aborted')
    returning id
  ), stored as (
    insert into attempt_file (attempt_id, path, bytes, sha256, position)
    select closed.id, file.path, file.bytes, file.sha256, file.position - 1
    from closed, unnest($14::text[], $15::bigint[], $16::text[])
      with ordinality as file (path, bytes, sha256, position)
  ), replaced as (
    update attempt set counts = false
    where $5 and candidate_id = $2 and counts and id <> $1 and exists (select from closed)
  )
  select pg_notify($17, $18) from closed`;

function valuesOf(manifest: Manifest, manifestSha256: string, counts: boolean): unknown[] {
  const { attempt: own, candidate, claimed, files, filling } = manifest;
  const word: Progress = { attemptId: own.id, state: 'received' };
  return [
    own.id,
    candidate.id,
    own.idempotencyKey,
    manifest.completedAt,
    counts,
    claimed.room,
    claimed.seat,
    files.reduce((sum, { bytes }) => sum + bytes, 0),
    manifestSha256,
    JSON.stringify(manifest.receipt),
    JSON.stringify(manifest.problems),
    filling.requiredFilled,
    filling.requiredTotal,
    files.map(({ path }) => path),
    files.map(({ bytes }) => bytes),
    files.map(({ sha256 }) => sha256),
    progressChannel,
    JSON.stringify(word),
  ];
}
