import { escapeIdentifier, type PoolClient } from 'pg';
import type { Database } from './database.ts';

/** Rows fetched or loaded at a time: enough to be quick, few enough to stay small. */
const batch = 500;
/** Rubrics and breakdowns are large: a batch that has grown to so many characters is loaded at once. */
const batchLength = 8 * 1024 * 1024;

/** Tables of the service in an order in which each comes after those it refers to. */
async function tablesInOrder(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; needs: string[] }>(`
    select c.relname as name,
      coalesce(array_agg(distinct r.relname::text) filter (where r.relname is not null and r.oid <> c.oid), '{}') as needs
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
    left join pg_class r on r.oid = k.confrelid
    where c.relkind = 'r'
    group by c.relname
    order by c.relname`);
  const ordered: string[] = [];
  let waiting = rows;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((need) => ordered.includes(need)));
    if (ready.length === 0)
      throw new Error(
        `tables refer to each other in a circle: ${waiting.map(({ name }) => name).join(', ')}`,
      );
    ordered.push(...ready.map(({ name }) => name));
    waiting = waiting.filter(({ name }) => !ordered.includes(name));
  }
  return ordered;
}

async function* rowsOf(client: PoolClient, table: string): AsyncGenerator<string> {
  await client.query(
    `declare rows no scroll cursor for select row_to_json(t)::text as row from public.${escapeIdentifier(table)} t`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${batch} from rows`);
    for (const { row } of rows) yield row;
    if (rows.length < batch) break;
  }
  await client.query('close rows');
}

/**
 * Reads all tables as of one moment, whatever is written meanwhile. Each row is one line of JSON made by PostgreSQL
 * itself, so numbers and moments keep every digit.
 * @param write called once per table, in an order that `loadSnapshot` can take; must read all rows
 */
export async function readSnapshot(
  { pool }: Database,
  write: (table: string, rows: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    for (const table of await tablesInOrder(client)) await write(table, rowsOf(client, table));
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Tables that hold a row, e.g. to refuse loading into a database in use. */
export async function filledTables({ pool }: Database): Promise<string[]> {
  const client = await pool.connect();
  try {
    const filled: string[] = [];
    for (const table of await tablesInOrder(client)) {
      const { rows } = await client.query(`select 1 from public.${escapeIdentifier(table)} limit 1`);
      if (rows.length > 0) filled.push(table);
    }
    return filled;
  } finally {
    client.release();
  }
}

async function loadTable(client: PoolClient, table: string, rows: AsyncIterable<string>): Promise<void> {
  const name = `public.${escapeIdentifier(table)}`;
  const load = async (lines: string[]): Promise<void> => {
    if (lines.length === 0) return;
    await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1::json)`, [
      `[${lines.join(',')}]`,
    ]);
  };
  const lines: string[] = [];
  let length = 0;
  for await (const row of rows) {
    lines.push(row);
    length += row.length;
    if (lines.length < batch && length < batchLength) continue;
    await load(lines.splice(0));
    length = 0;
  }
  await load(lines);
}

/**
 * Writes a snapshot into an empty database of the same tables; all of it or nothing. The guards that refuse changes
 * of what is published are off for this transaction only: what comes in was guarded before.
 * @param tables names in the order of `readSnapshot`, each with its rows
 */
export async function loadSnapshot(
  { pool }: Database,
  tables: Iterable<{ table: string; rows: AsyncIterable<string> }>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const known = await tablesInOrder(client);
    for (const table of known)
      await client.query(`alter table public.${escapeIdentifier(table)} disable trigger user`);
    for (const { table, rows } of tables) {
      if (!known.includes(table))
        throw new Error(`the snapshot has a table "${table}" that this version does not know`);
      await loadTable(client, table, rows);
    }
    // Rules that are judged at commit are judged now: a table with such work waiting cannot be altered.
    await client.query('set constraints all immediate');
    for (const table of known)
      await client.query(`alter table public.${escapeIdentifier(table)} enable trigger user`);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
