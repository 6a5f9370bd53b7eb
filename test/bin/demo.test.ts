import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { environmentNames } from '../../src/config.ts';
import { workersIn } from '../recovery/processes.ts';
import { temporaryFolder } from '../support/folder.ts';

const script = join(import.meta.dirname, '../../src/bin/demo.ts');
const samples = join(import.meta.dirname, '../../samples');

/** The demo as `npm run demo` starts it, in a process group of its own, with a home and a temporary folder of its own. */
function start(home: string, ...parameters: string[]) {
  const foreign = Object.entries(process.env).filter(([name]) => !environmentNames.includes(name));
  const temporary = join(home, 'tmp');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...parameters], {
    env: { ...Object.fromEntries(foreign), HOME: home, TMPDIR: temporary, PORT: '0', MIN_FREE_DISK_MB: '0' },
    detached: true,
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, ended };
}

async function newHome(): Promise<string> {
  const home = await temporaryFolder();
  await mkdir(join(home, 'tmp'));
  return home;
}

/** What Ctrl-C does: every process of the group gets it. */
const pressControlC = ({ pid = 0 }: ChildProcess) => process.kill(-pid, 'SIGINT');

/** Processes and folders of the demo that are still there. Node's own compile cache may stay. */
async function leftIn(home: string): Promise<unknown[]> {
  const names = await readdir(join(home, 'tmp'));
  return [...workersIn(home), ...names.filter((name) => name.startsWith('kaoping-'))];
}

describe('the demo', () => {
  let home: string;
  beforeAll(async () => {
    home = await newHome();
  });

  it('hands every sample in, prints a line for each, ends with 0 and leaves nothing behind', async () => {
    const { said, ended } = start(home);
    expect([await ended, said.stderr]).toEqual([0, '']);
    const names = (await readdir(samples, { withFileTypes: true })).filter(
      (entry) => entry.isDirectory() && entry.name !== 'make',
    );
    for (const { name } of names)
      expect(said.stdout).toMatch(new RegExp(`^2026\\d{4} .* ${name} .*\\d`, 'm'));
    expect(said.stdout).toMatch(/^\d+ +PAGE-1 +page-1-excellent +\d+/m);
    for (const line of said.stdout.split('\n')) expect(line.length).toBeLessThan(140);
    expect(await leftIn(home)).toEqual([]);
  }, 300_000);

  it('keeps serving with --stay until somebody presses Ctrl-C, then ends with 0', async () => {
    const { child, said, ended } = start(home, '--stay');
    const { promise: ready, resolve } = Promise.withResolvers<void>();
    child.stdout.on('data', () => {
      if (/\(Ctrl-C ends it\)\n$/.test(said.stdout)) resolve();
    });
    await Promise.race([ready, ended]);
    const [, address = ''] = /^(http:\S+) +API: /m.exec(said.stdout) ?? [];
    const [, password = ''] = /account: admin +password: (\S+)/.exec(said.stdout) ?? [];
    const signIn = await fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'admin', password }),
    });
    expect(signIn.status).toBe(200);
    pressControlC(child);
    expect([await ended, said.stderr]).toEqual([0, '']);
    expect(await leftIn(home)).toEqual([]);
  }, 300_000);

  it('ends in order when it is interrupted half-way', async () => {
    const { child, ended } = start(home);
    const { promise: serving, resolve } = Promise.withResolvers<void>();
    const look = setInterval(() => {
      if (workersIn(home).some(({ command }) => command.includes('rubric import'))) resolve();
    }, 50);
    await Promise.race([serving, ended]);
    clearInterval(look);
    pressControlC(child);
    expect(await ended).toBe(130);
    expect(await leftIn(home)).toEqual([]);
  }, 300_000);
});
