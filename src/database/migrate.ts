import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMissing } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import type { Log } from './log.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number will do as long as nothing else in this database uses it as an advisory lock: "kaoping" in ASCII. */
const LOCK = '30224066949934695';

/** The database was migrated by another version of the service, whose tables this one does not know. */
export class ForeignSchemaError extends Error {
  override name = 'ForeignSchemaError';
}

/**
 * Brings the database to the tables of this version: runs the committed migrations that it lacks, all or none. Any
 * number of processes may start at once; one works, the others wait and find nothing left to do.
 * Throws a ForeignSchemaError if the database has migrations that this version does not know.
 */
export async function migrate(url: string, log: Log): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'kaoping-migrate' });
  client.on('error', (error) => log.error({ err: error }, 'the connection was lost while migrating'));
  await client.connect();
  try {
    await client.query('SET client_min_messages TO warning');
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const before = await appliedHashes(client);
    refuseForeign(before);
    await applyMissing(drizzle({ client }), { migrationsFolder });
    const after = await appliedHashes(client);
    if (after.length > before.length)
      log.info({ from: before.length, to: after.length }, 'migrated the database');
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

/** What ran must be, hash by hash, the beginning of what we have. */
function refuseForeign(applied: readonly string[]): void {
  const known = readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash);
  const stranger = applied.findIndex((hash, position) => hash !== known[position]);
  if (stranger === -1) return;
  throw new ForeignSchemaError(
    `The database's migration number ${stranger + 1} is not the one of this version, which knows ${known.length}: ` +
      'it was set up by another version of the service. Start that version, or restore a backup made with this one.',
  );
}

async function appliedHashes(client: Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`,
  );
  if (found[0]?.there !== true) return [];
  const { rows } = await client.query<{ hash: string }>(
    'SELECT hash FROM drizzle.__drizzle_migrations ORDER BY id',
  );
  return rows.map((row) => row.hash);
}
