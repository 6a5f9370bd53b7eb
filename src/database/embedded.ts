import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Binaries, findBinaries } from './binaries.ts';
import { keepCluster, type Place, placeIn } from './cluster.ts';
import { ensureDatabase, notInTime, probe, startServer, wrongPassword } from './embedded-server.ts';
import { type FileLock, takeLock, tryLock, withLock } from './file-lock.ts';
import type { Log } from './log.ts';
import { findPostmaster, stopPostmaster, strikeOutStalePid } from './postmaster.ts';
import { chooseRunAs, type RootAs, type RunAs } from './run-as.ts';

/** Recovery after a power cut reads the log of everything since the last checkpoint; milliseconds. */
const START_PATIENCE = 180_000;

export interface EmbeddedOptions {
  /** Folder for the cluster, its password, its log and its locks; made if absent. */
  dataDir: string;
  log: Log;
  /** How root is kept from PostgreSQL; found out by itself if not given. */
  rootAs?: RootAs;
}

export interface EmbeddedDatabase {
  /** Address with password, for any PostgreSQL client on this machine. */
  url: string;
  /** Whether the server was running already: used by another process, or left behind by one that was killed. */
  attached: boolean;
  /** Lets go of the server, and stops it if no other living process uses it. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on the folder, or attaches to the one that runs there. Every process that calls this keeps the
 * server; the last one to let go ends it, so a command beside a running service never takes its database away. A
 * server whose users were all killed lives on and is taken over by the next start.
 * Throws an EmbeddedDatabaseError that says what to do.
 */
export async function startEmbedded({ dataDir, log, rootAs }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const place = placeIn(await realpath(dataDir));
  const binaries = await findBinaries();
  return withLock(place.gate, START_PATIENCE, async () => {
    const use = await takeLock(place.users, 'shared', START_PATIENCE);
    try {
      const runAs = await chooseRunAs(place.cluster, rootAs);
      const password = await keepCluster(place, binaries, runAs, log);
      const { port, attached } = await reachServer(place, binaries, runAs, password, log);
      const url = await ensureDatabase(port, password);
      log.info(
        { dataDir, port },
        attached ? 'attached to the embedded PostgreSQL' : 'started the embedded PostgreSQL',
      );
      let left: Promise<void> | undefined;
      return {
        url,
        attached,
        stop() {
          left ??= leave(place, use, log).then(() => undefined);
          return left;
        },
      };
    } catch (error) {
      use.release();
      throw error;
    }
  });
}

/** Attaches if a server runs, else starts one; tries again as long as the reason of a failure is one that passes. */
async function reachServer(place: Place, binaries: Binaries, runAs: RunAs, password: string, log: Log) {
  const deadline = Date.now() + START_PATIENCE;
  while (Date.now() < deadline) {
    const running = await findPostmaster(place.cluster);
    if (running === undefined) {
      if (await strikeOutStalePid(place.cluster))
        log.warn({}, 'struck out a stale process id in postmaster.pid');
      const port = await startServer(place, binaries, runAs, password, deadline);
      if (port !== undefined) return { port, attached: false };
    } else if (running.port !== undefined) {
      const answer = await probe(running.port, password, place.cluster);
      if (answer === 'ready') return { port: running.port, attached: true };
      if (answer === 'refused' && running.ready) throw wrongPassword(place);
    }
    await wait(100);
  }
  throw notInTime(place);
}

/**
 * Stops the server that runs on the folder if no living process uses it: the one that killed processes left behind.
 * Returns whether nothing runs there now.
 */
export async function stopIfUnused({
  dataDir,
  log,
}: Pick<EmbeddedOptions, 'dataDir' | 'log'>): Promise<boolean> {
  return leave(placeIn(await realpath(dataDir)), undefined, log);
}

async function leave(place: Place, use: FileLock | undefined, log: Log): Promise<boolean> {
  return withLock(place.gate, START_PATIENCE, async () => {
    use?.release();
    const alone = tryLock(place.users, 'exclusive');
    if (alone === undefined) {
      log.info({}, 'left the embedded PostgreSQL running: another process uses it');
      return false;
    }
    try {
      await stopPostmaster(place.cluster);
      log.info({}, 'stopped the embedded PostgreSQL');
      return true;
    } finally {
      alone.release();
    }
  });
}
