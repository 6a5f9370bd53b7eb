import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../database/database.ts';
import { packageProblemSchema } from './manifest.ts';
import type { roomLineSchema } from './schema.ts';

export type RoomLine = z.infer<typeof roomLineSchema>;

export interface RoomFilter {
  readonly examId: string;
  readonly session?: string | undefined;
  readonly room?: string | undefined;
  /** Ticket of the last line seen. */
  readonly after: string | null;
  readonly limit: number;
}

interface Row extends Record<string, unknown> {
  ticket: string;
  name: string;
  session: string;
  room: string;
  seat: string;
  paper: string;
  attempts: number;
  last_at: string | null;
  filled: number | null;
  total: number | null;
  problems: unknown;
}

/** Nothing came; what counts lacks something or cannot be opened; fine. */
function stateOf({ attempts, filled, total }: Row, problems: RoomLine['problems']): RoomLine['state'] {
  if (attempts === 0) return 'missing';
  return problems.length > 0 || (filled ?? 0) < (total ?? 1) ? 'problem' : 'handed-in';
}

function lineOf(row: Row): RoomLine {
  const { ticket, name, session, room, seat, paper, attempts } = row;
  const problems = packageProblemSchema.array().parse(row.problems ?? []);
  const lastAt = row.last_at === null ? null : new Date(row.last_at).toISOString();
  return {
    ticket,
    name,
    session,
    room,
    seat,
    paper,
    attempts,
    lastAt,
    problems,
    state: stateOf(row, problems),
  };
}

/** Who has handed in and who has not, by ticket: complete attempts only, what is wrong is that of the one that counts. */
export async function roomLines({ db }: Database, filter: RoomFilter): Promise<RoomLine[]> {
  const wanted: SQL[] = [sql`candidate.exam_id = ${filter.examId}`];
  if (filter.session !== undefined) wanted.push(sql`examined.name = ${filter.session}`);
  if (filter.room !== undefined) wanted.push(sql`candidate.room = ${filter.room}`);
  if (filter.after !== null) wanted.push(sql`candidate.ticket > ${filter.after}`);
  const { rows } = await db.execute<Row>(sql`
    select candidate.ticket, candidate.name, examined.name as session, candidate.room, candidate.seat,
      candidate.paper_id as paper, done.attempts, done.last_at, counting.required_filled as filled,
      counting.required_total as total, counting.problems
    from candidate
    join exam_session examined on examined.id = candidate.session_id
    left join attempt counting on counting.candidate_id = candidate.id and counting.counts
    cross join lateral (
      select count(*)::int as attempts, max(completed_at) as last_at
      from attempt where candidate_id = candidate.id and state = 'complete'
    ) done
    where ${sql.join(wanted, sql` and `)}
    order by candidate.ticket limit ${filter.limit}`);
  return rows.map(lineOf);
}
