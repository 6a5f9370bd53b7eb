import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { type Binaries, EmbeddedDatabaseError } from './binaries.ts';
import { OWNER, type Place, serverEnvironment } from './cluster.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import type { RunAs } from './run-as.ts';
import { serverSettings } from './server-settings.ts';
import { statIfThere } from './stat-if-there.ts';

/** A start that fails so may succeed a moment later: the port was just taken, or a killed server's workers still end. */
const PASSING =
  /could not bind|could not create any TCP|pre-existing shared memory block|lock file .* is empty/i;

/** The log of a long life is put aside at the next start; bytes. */
const LOG_LIMIT = 16 * 1024 * 1024;

/** SQLSTATE invalid_password, https://www.postgresql.org/docs/18/errcodes-appendix.html */
const WRONG_PASSWORD = '28P01';

const address = (port: number, password: string, database: string) =>
  `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;

/**
 * Starts a server that outlives us (its own process group, its output in a file) and waits until it answers.
 * Returns its port, or nothing if it ended for a reason that passes.
 */
export async function startServer(
  place: Place,
  binaries: Binaries,
  runAs: RunAs,
  password: string,
  deadline: number,
): Promise<number | undefined> {
  const port = await freePort();
  const log = await openLog(place.log);
  try {
    const from = (await log.stat()).size;
    const [program = '', ...rest] = [
      ...runAs.prefix,
      binaries.postgres,
      '-D',
      place.cluster,
      ...serverSettings(port),
    ];
    const server = spawn(program, rest, {
      ...runAs.ids,
      cwd: dirname(place.cluster),
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    server.unref();
    await once(server, 'spawn');
    while (server.exitCode === null && server.signalCode === null) {
      const answer = await probe(port, password, place.cluster);
      if (answer === 'ready') return port;
      // Before our server is ready, a refusal comes from somebody who was faster to take the port.
      const refused = answer === 'refused' && (await findPostmaster(place.cluster))?.ready === true;
      if (refused || Date.now() > deadline) {
        await stopPostmaster(place.cluster);
        throw refused ? wrongPassword(place) : notInTime(place);
      }
      await wait(25);
    }
    const said = await readFrom(log, from);
    if (PASSING.test(said)) return undefined;
    throw new EmbeddedDatabaseError(
      `PostgreSQL ended while starting (see ${place.log}):\n${said.slice(-2000).trim()}`,
    );
  } finally {
    await log.close();
  }
}

/** `refused`: a server answered and does not know our password. `silent`: nobody, or not our cluster, or not yet. */
export type Answer = 'ready' | 'refused' | 'silent';

/** Asks whether the server of this cluster answers on the port. */
export async function probe(port: number, password: string, cluster: string): Promise<Answer> {
  const client = new Client({
    connectionString: address(port, password, 'postgres'),
    connectionTimeoutMillis: 5000,
  });
  // Without a listener a connection that breaks would end the process; the query below fails with it and says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === cluster ? 'ready' : 'silent';
  } catch (error) {
    return error instanceof DatabaseError && error.code === WRONG_PASSWORD ? 'refused' : 'silent';
  } finally {
    await client.end();
  }
}

/** Makes the service's database if it is not there, and returns its address. */
export async function ensureDatabase(port: number, password: string): Promise<string> {
  const client = new Client({ connectionString: address(port, password, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
  } finally {
    await client.end();
  }
  return address(port, password, OWNER);
}

export const wrongPassword = (place: Place) =>
  new EmbeddedDatabaseError(
    `The database refuses the password in ${place.password}: put the file back from a copy of the folder.`,
  );

export const notInTime = (place: Place) =>
  new EmbeddedDatabaseError(`PostgreSQL did not get ready in time: see ${place.log}`);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const taken = server.address();
  server.close();
  await once(server, 'close');
  if (taken === null || typeof taken === 'string') throw new Error('a TCP server has no port');
  return taken.port;
}

async function openLog(path: string): Promise<FileHandle> {
  const size = (await statIfThere(path))?.size ?? 0;
  if (size > LOG_LIMIT) await rename(path, `${path}.1`);
  return open(path, 'a+', 0o600);
}

async function readFrom(file: FileHandle, position: number): Promise<string> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - position), 0, size - position, position);
  return buffer.toString('utf8', 0, bytesRead);
}
