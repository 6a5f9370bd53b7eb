import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EmbeddedDatabaseError } from './binaries.ts';

const run = promisify(execFile);

/** A running server, as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  /** Not known in the first moments of a start. */
  port: number | undefined;
  /** Whether it has taken the port and lets people in; before that the port may be somebody else's. */
  ready: boolean;
}

/** More than any system gives out (Linux 2^22, macOS 99,998): certainly nobody's. */
const NOBODYS_PID = 2_147_483_646;

/** How long a server may take to write everything down when it stops, in milliseconds. */
const STOP_PATIENCE = 60_000;

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

/**
 * The server that runs on this cluster, if one does. The file alone proves nothing: after a power cut its process id
 * may belong to any other program, so the process is asked for its command line.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = await readPidFile(cluster);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const command = await commandOf(pid);
  if (!command.includes('postgres') || !command.includes(cluster)) return undefined;
  const port = Number(lines[3]);
  return { pid, port: port > 0 ? port : undefined, ready: lines[7]?.trim() === 'ready' };
}

/**
 * Clears the way for a start where a stale `postmaster.pid` names a process that lives but is another program.
 * PostgreSQL would refuse to start. Only the id is struck out: the rest of the file lets PostgreSQL find workers of
 * a killed server that still hold its shared memory, and wait for them.
 */
export async function strikeOutStalePid(cluster: string): Promise<boolean> {
  const [pid, ...rest] = await readPidFile(cluster);
  if (pid === undefined || pid === '' || Number(pid) === NOBODYS_PID) return false;
  if (!isAlive(Number(pid)) || (await findPostmaster(cluster)) !== undefined) return false;
  await writeFile(pidFile(cluster), [NOBODYS_PID, ...rest].join('\n'));
  return true;
}

/** Stops the server in its "fast" way: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const found = await findPostmaster(cluster);
  if (found === undefined) return;
  process.kill(found.pid, 'SIGINT');
  const deadline = Date.now() + STOP_PATIENCE;
  while ((await findPostmaster(cluster))?.pid === found.pid) {
    if (Date.now() > deadline) {
      throw new EmbeddedDatabaseError(
        `PostgreSQL (process ${found.pid}) did not stop within ${STOP_PATIENCE} ms.`,
      );
    }
    await wait(20);
  }
}

/** Whether a process with this id exists, whoever's it is. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Lines: pid, data folder, start time, port, socket folder, address, shared memory key, status. Empty when absent. */
async function readPidFile(cluster: string): Promise<string[]> {
  try {
    return (await readFile(pidFile(cluster), 'utf8')).split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The command line of a process; empty when it is gone (or is a zombie, which runs nothing any more). */
async function commandOf(pid: number): Promise<string> {
  if (!isAlive(pid)) return '';
  try {
    if (process.platform === 'linux')
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
  } catch (cause) {
    if (!isAlive(pid)) return '';
    throw new EmbeddedDatabaseError(`What process ${pid} is cannot be found out.`, { cause });
  }
}
