import type { Pool, PoolClient } from 'pg';
import { type Database, sqlState } from '../database/database.ts';
import { type Progress, progressChannel } from '../grading/events.ts';
import { chooseCounting, type Standing } from './counting.ts';
import type { Manifest } from './manifest.ts';
import type { AttemptRow } from './queries.ts';

/** exclusion_violation: another completion of the same candidate came between what was seen and what was written. */
const collision = '23P01';

/** The attempt that counts so far, as a list of one or none. */
const standingOf = (attempts: readonly AttemptRow[]): Standing[] =>
  attempts
    .filter(({ counts }) => counts)
    .map(({ id, number, requiredFilled, requiredTotal }) => ({
      id,
      number,
      requiredFilled: requiredFilled ?? 0,
      requiredTotal: requiredTotal ?? 0,
    }));

/**
 * Commits what a manifest says: files, times, receipt, and which attempt of the candidate counts now; all or nothing.
 * An attempt that is complete already is left as it is. The word goes out with the commit.
 *
 * With what was seen of the candidate's attempts it is one statement, one round trip, one flush. If that has grown
 * old, the rule that one attempt counts makes the statement fail, and all is decided anew behind a lock. A decision
 * against the new attempt cannot grow old: what counts is only ever replaced by better.
 * @param seen the candidate's attempts as last seen, when somebody looked
 */
export async function completeAttempt(
  { pool }: Pick<Database, 'pool'>,
  manifest: Manifest,
  manifestSha256: string,
  seen?: readonly AttemptRow[],
): Promise<void> {
  if (seen) {
    try {
      await commit(pool, manifest, manifestSha256, standingOf(seen));
      return;
    } catch (error) {
      if (sqlState(error) !== collision) throw error;
    }
  }
  await commitBehindLock(pool, manifest, manifestSha256);
}

/** One completion of a candidate after the other. */
async function commitBehindLock(pool: Pool, manifest: Manifest, manifestSha256: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select from candidate where id = $1 for no key update', [manifest.candidate.id]);
    const { rows } = await client.query<Standing>(counting, [manifest.candidate.id]);
    await commit(client, manifest, manifestSha256, rows);
    await client.query('commit');
    client.release();
  } catch (error) {
    // A connection in the middle of something is not given back: ending it rolls back.
    client.release(true);
    throw error;
  }
}

const counting = `
  select id, number, coalesce(required_filled, 0) as "requiredFilled", coalesce(required_total, 0) as "requiredTotal"
  from attempt where candidate_id = $1 and counts`;

async function commit(
  on: Pool | PoolClient,
  manifest: Manifest,
  manifestSha256: string,
  standing: readonly Standing[],
): Promise<void> {
  const { attempt: own, filling } = manifest;
  const others = standing.filter(({ id }) => id !== own.id);
  const counts = chooseCounting([...others, { ...own, ...filling }])?.id === own.id;
  const values = valuesOf(manifest, manifestSha256, counts);
  await on.query({ name: 'intake_complete', text: completing, values });
}

/**
 * The candidate is locked before any attempt, or two completions could wait for each other. An attempt that was
 * aborted meanwhile (the same key through two processes) gets its key back, unless it is in use.
 */
const completing = `
  with locked as materialized (
    select id from candidate where id = $2 for no key update
  ), closed as (
    update attempt set
      state = 'complete', completed_at = $4, counts = $5, room = $6, seat = $7, bytes = $8, manifest_sha256 = $9,
      receipt = $10::jsonb, problems = $11::jsonb, required_filled = $12, required_total = $13,
      idempotency_key = case
        when exists (select from attempt o where o.candidate_id = $2 and o.idempotency_key = $3 and o.id <> $1)
        then idempotency_key else $3 end
    from locked
    where attempt.id = $1 and state in ('receiving', 'aborted')
    returning attempt.id
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
