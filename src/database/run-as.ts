import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Binaries, EmbeddedDatabaseError } from './binaries.ts';
import { statIfThere } from './stat-if-there.ts';

const run = promisify(execFile);

/**
 * How a program of PostgreSQL is started so that it does not see itself as root, which it refuses: `prefix` is
 * put before its command; `uid` and `gid` are handed to spawn.
 */
export interface RunAs {
  prefix: readonly string[];
  ids: { uid: number; gid: number } | Record<string, never>;
}

/** What root becomes. `namespace`: files stay root's. `nobody`: no rights at all, needs folders open to everybody. */
export type RootAs = 'namespace' | 'nobody';

const AS_IS: RunAs = { prefix: [], ids: {} };
const NOBODY = { uid: 65534, gid: 65534 };
const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

/**
 * Decides who PostgreSQL runs as. Not root: itself. Root: the owner of the cluster if that is somebody else, else
 * root renamed in a user namespace of its own, else `nobody`. No system user is created.
 */
export async function chooseRunAs(cluster: string, rootAs?: RootAs): Promise<RunAs> {
  if (process.getuid?.() !== 0) return AS_IS;
  const owner = await statIfThere(cluster);
  if (owner !== undefined && owner.uid !== 0) return { prefix: [], ids: { uid: owner.uid, gid: owner.gid } };
  if (rootAs !== 'nobody' && (await namespaceWorks())) return { prefix: NAMESPACE, ids: {} };
  if (rootAs === 'namespace' || owner !== undefined) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL does not run as root, ${cluster} belongs to root, and user namespaces are not allowed here. ` +
        `Start as another user, or hand the folder over: chown -R nobody ${cluster}`,
    );
  }
  return { prefix: [], ids: NOBODY };
}

/** Makes the folder PostgreSQL's, and says clearly if it or the programs are out of its reach. */
export async function handOver(folder: string, binaries: Binaries, { ids }: RunAs): Promise<void> {
  if (ids.uid === undefined) return;
  await chown(folder, ids.uid, ids.gid);
  try {
    await run('/bin/sh', ['-c', 'cd "$1" && test -w . && test -x "$2"', 'sh', folder, binaries.postgres], {
      ...ids,
      cwd: '/',
    });
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `PostgreSQL has to run as user ${ids.uid} and cannot reach ${folder} or ${binaries.postgres}: ` +
        'a folder above them is closed to other users. Start as a user who owns both, or set DATABASE_URL.',
      { cause },
    );
  }
}

async function namespaceWorks(): Promise<boolean> {
  const [program = '', ...rest] = NAMESPACE;
  return run(program, [...rest, 'true']).then(
    () => true,
    () => false,
  );
}
