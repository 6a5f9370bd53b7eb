import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { migrate } from '../../src/database/migrate.ts';
import { memoryLog } from './log.ts';
import type { DatabaseServer } from './services.ts';

export interface FreshDatabase {
  url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Names say when they were made (seconds), so that a later run can clear away what a killed one left. */
const PREFIX = 'kaoping_test_';

/** Nothing tests for longer than this, in seconds. */
const ABANDONED = 6 * 3600;

/** Makes a migrated database on the server that tests copy, which takes a fraction of migrating. */
export async function makeTemplate(admin: string, run: string, outside: boolean): Promise<DatabaseServer> {
  if (outside) await dropTestDatabases(admin, (made) => made < now() - ABANDONED);
  const template = await createDatabase(admin, run, 'template0');
  await migrate(urlOf(admin, template), memoryLog());
  return { admin, template };
}

/** A database for one test file: migrated and empty, or with nothing in it at all. */
export async function copyTemplate(
  server: DatabaseServer,
  run: string,
  bare = false,
): Promise<FreshDatabase> {
  const name = await createDatabase(server.admin, run, bare ? 'template0' : server.template);
  return { url: urlOf(server.admin, name), drop: () => dropDatabase(server.admin, name) };
}

/** Removes every database of the run. */
export const dropDatabasesOfRun = (admin: string, run: string): Promise<void> =>
  dropTestDatabases(admin, (_made, owner) => owner === run);

const now = () => Math.floor(Date.now() / 1000);

function urlOf(admin: string, database: string): string {
  const url = new URL(admin);
  url.pathname = `/${database}`;
  return url.href;
}

async function createDatabase(admin: string, run: string, template: string): Promise<string> {
  const name = `${PREFIX}${now()}_${run}_${randomBytes(5).toString('hex')}`;
  await withAdmin(admin, (client) =>
    client.query(
      `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)} ENCODING 'UTF8'`,
    ),
  );
  return name;
}

async function dropDatabase(admin: string, name: string): Promise<void> {
  await withAdmin(admin, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
  );
}

async function dropTestDatabases(
  admin: string,
  which: (made: number, run: string) => boolean,
): Promise<void> {
  const { rows } = await withAdmin(admin, (client) =>
    client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
      PREFIX,
    ]),
  );
  for (const { datname } of rows) {
    const [made = '', run = ''] = datname.slice(PREFIX.length).split('_');
    if (which(Number(made), run)) await dropDatabase(admin, datname);
  }
}

async function withAdmin<T>(admin: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: admin });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
