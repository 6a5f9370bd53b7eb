import { Redis } from 'ioredis';
import { Client } from 'pg';

/** What the tests of one run can use; provided by the global setup. */
export interface Services {
  /** Temporary folder of the run. */
  folder: string;
  /** In the name of every database and Redis key that the run makes. */
  run: string;
  embedded: DatabaseServer;
  outside: DatabaseServer | null;
  redis: string | null;
}

export interface DatabaseServer {
  /** Address of a database from which others can be created. */
  admin: string;
  /** Name of a migrated, empty database to copy. */
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    services: Services;
  }
}

/** Somewhere a service may be found, and what it means if it is not. */
export interface Found {
  url: string | null;
  /** Why there is none. */
  missing: string;
}

const PATIENCE = 2_000;

/** An outside PostgreSQL: what DATABASE_URL names must answer; without it, the usual local port is tried. */
export function findPostgres(): Promise<Found> {
  return find('DATABASE_URL', 'postgresql://postgres@127.0.0.1:5432/postgres', askPostgres);
}

/** An outside Redis: what REDIS_URL names must answer; without it, the usual local port is tried. */
export function findRedis(): Promise<Found> {
  return find('REDIS_URL', 'redis://127.0.0.1:6379', askRedis);
}

async function find(variable: string, usual: string, ask: (url: string) => Promise<void>): Promise<Found> {
  const named = process.env[variable];
  if (named) {
    await ask(named).catch((cause: unknown) => {
      throw new Error(`${variable} is set and the service it names cannot be used`, { cause });
    });
    return { url: named, missing: '' };
  }
  const missing = `${variable} is unset and nothing usable answers on ${new URL(usual).host}`;
  return ask(usual).then(
    () => ({ url: usual, missing: '' }),
    (reason: unknown) => ({ url: null, missing: `${missing} (${describe(reason)})` }),
  );
}

async function askPostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE });
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean }>(
      'SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user',
    );
    if (rows[0]?.may !== true) throw new Error('its role may not create databases');
  } finally {
    await client.end();
  }
}

async function askRedis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, connectTimeout: PATIENCE, retryStrategy: () => null });
  let reason: unknown;
  client.on('error', (error) => {
    reason = error;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}

function describe(reason: unknown): string {
  if (reason instanceof AggregateError) return describe(reason.errors[0]);
  return reason instanceof Error ? reason.message : String(reason);
}
