import { setTimeout as wait } from 'node:timers/promises';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import { DatabaseError, Pool, type PoolClient } from 'pg';
import type { Log } from './log.ts';
import * as schema from './schema/index.ts';

/** What queries are written against; inside a transaction a `Transaction` takes its place. */
export type Db = NodePgDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0];
/** Use cases that may run alone or inside somebody's transaction take this. */
export type Queries = Db | Transaction;

export interface DatabaseOptions {
  url: string;
  /** Connections at most; 10 unless given. */
  poolSize?: number;
  log: Log;
}

export interface Database {
  url: string;
  db: Db;
  pool: Pool;
  /** Answers when the server does; throws the reason otherwise. */
  ping(): Promise<void>;
  /** Whether what is committed is on disk: an outside server may be set up not to flush. */
  flushes(): Promise<boolean>;
  /**
   * Runs the work in one transaction, and once more from its beginning (five times at most) when the server
   * says that it collided with another: the work must have no effect outside the database.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, config?: PgTransactionConfig): Promise<T>;
  close(): Promise<void>;
}

const CONNECT_PATIENCE = 10_000;
const TRIES = 5;

/** SQLSTATE serialization_failure and deadlock_detected: try again, says PostgreSQL (documentation 13.5). */
const COLLISIONS = ['40001', '40P01'];

/** Opens a pool of connections; nothing is connected before the first query. A lost connection is logged and replaced. */
export function openDatabase({ url, poolSize = 10, log }: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_PATIENCE,
    keepAlive: true,
    application_name: 'kaoping',
  });
  const lost = (error: Error) => log.error({ err: error }, 'a database connection was lost');
  pool.on('error', lost);
  // The pool listens to idle connections only; one that breaks while in use would end the process.
  pool.on('connect', (client: PoolClient) => client.on('error', lost));
  const db: Db = drizzle({ client: pool, schema });
  let closed: Promise<void> | undefined;
  return {
    url,
    db,
    pool,
    async ping() {
      await pool.query('SELECT 1');
    },
    async flushes() {
      const { rows } = await pool.query<{ on: boolean }>(
        `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS on`,
      );
      return rows[0]?.on === true;
    },
    transaction: (work, config) => tryAgain(() => db.transaction(work, config), log),
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

async function tryAgain<T>(work: () => Promise<T>, log: Log): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = sqlState(error);
      if (code === undefined || !COLLISIONS.includes(code) || attempt === TRIES) throw error;
      log.debug({ code, attempt }, 'a transaction collided with another and is tried again');
      await wait(Math.random() * 20 * attempt);
    }
  }
}

/** The SQLSTATE of a failed query, for example `23505` for a broken unique constraint; nothing for other errors. */
export function sqlState(error: unknown): string | undefined {
  return databaseError(error)?.code;
}

/** Whether the query failed because a row with the same values exists; `constraint` narrows it to one rule. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  const found = databaseError(error);
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint);
}

function databaseError(error: unknown): DatabaseError | undefined {
  const inner = error instanceof DrizzleQueryError ? error.cause : error;
  return inner instanceof DatabaseError ? inner : undefined;
}
