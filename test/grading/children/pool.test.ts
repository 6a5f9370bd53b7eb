import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraderPool, type PoolOptions } from '../../../src/grading/children/pool.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { memoryLog } from '../../support/log.ts';
import { eventually } from '../eventually.ts';
import { isAlive, untilGone } from './alive.ts';
import { foundIn, taskOf } from './tasks.ts';

const megabyte = 2 ** 20;
const open: GraderPool[] = [];
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function openPool(wishes: Partial<PoolOptions> = {}): GraderPool {
  const pool = new GraderPool({
    size: 1,
    limits: { deadlineMs: 60_000, memoryBytes: 400 * megabyte },
    temporary: join(folder, 'temporary'),
    readable: [join(folder, 'blobs'), import.meta.dirname],
    log: memoryLog(),
    program: join(import.meta.dirname, 'hostile-child.ts'),
    ...wishes,
  });
  open.push(pool);
  return pool;
}

const pidIn = async (pool: GraderPool): Promise<number> => Number(foundIn(await pool.run(taskOf('good'))));

const placeIn = async (pool: GraderPool): Promise<string> =>
  String(foundIn(await pool.run(taskOf('litter'))));

describe('a submission that takes its child over', () => {
  it('is stopped at the deadline when it never ends, and the next one is graded by a new child', async () => {
    const pool = openPool({ limits: { deadlineMs: 500, memoryBytes: 400 * megabyte } });
    const first = await pidIn(pool);
    const end = await pool.run(taskOf('loop'));
    expect(end).toMatchObject({ kind: 'stopped', code: 'grader-deadline' });
    expect(end).toHaveProperty('text', '初评超过 0.5 秒未完成，已停止，请人工评定。');
    expect(isAlive(first)).toBe(false);
    expect(await pidIn(pool)).not.toBe(first);
  });

  it('is stopped when it takes native memory past the limit', async () => {
    const pool = openPool({ limits: { deadlineMs: 60_000, memoryBytes: 256 * megabyte } });
    const end = await pool.run(taskOf('hoard'));
    expect(end).toMatchObject({ kind: 'stopped', code: 'grader-memory' });
    expect(end).toHaveProperty('text', '初评占用内存超过 256 MB，已停止，请人工评定。');
    await expect(pidIn(pool)).resolves.toBeGreaterThan(0);
  });

  it.each([
    ['abort', 'SIGABRT'],
    ['segfault', 'SIGSEGV'],
    ['exit', 'exit code 3'],
  ])('ends as a crash with its cause: %s', async (deed, cause) => {
    const pool = openPool();
    const end = await pool.run(taskOf(deed));
    expect(end).toMatchObject({ kind: 'stopped', code: 'grader-crash' });
    expect(end).toHaveProperty('text', expect.stringContaining(cause));
    await expect(pidIn(pool)).resolves.toBeGreaterThan(0);
  });

  it('is not charged for memory that an earlier one left behind', async () => {
    const pool = openPool({ limits: { deadlineMs: 60_000, memoryBytes: 400 * megabyte } });
    const first = foundIn(await pool.run(taskOf('keep 200')));
    const second = foundIn(await pool.run(taskOf('keep-a-while 200')));
    expect(second).not.toBe(first);
  });

  it('ends as a crash when a grader throws, and the child lives on', async () => {
    const pool = openPool();
    const first = await pidIn(pool);
    const end = await pool.run(taskOf('throw'));
    expect(end).toHaveProperty('text', expect.stringContaining('（cannot read the unreadable）'));
    expect(await pidIn(pool)).toBe(first);
  });

  it('cannot pass something else off as a breakdown', async () => {
    await expect(openPool().run(taskOf('nonsense'))).resolves.toMatchObject({ code: 'grader-crash' });
  });

  it('finds no address and no secret in its environment', async () => {
    process.env.KAOPING_TEST_SECRET = 'secret';
    process.env.DATABASE_URL ??= 'postgres://kaoping:secret@127.0.0.1:1/none';
    const found = foundIn(await openPool().run(taskOf('environment'))) as object;
    expect(Object.keys(found).sort()).toEqual(
      expect.arrayContaining(['LANG', 'PATH', 'TMPDIR', 'UV_THREADPOOL_SIZE']),
    );
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(found).not.toHaveProperty('DATABASE_URL');
    expect(found).not.toHaveProperty('REDIS_URL');
    delete process.env.KAOPING_TEST_SECRET;
  });

  it('reads the files of its task and no others, writes nowhere but into its own folder', async () => {
    const blob = join(folder, 'blobs/blob');
    const key = join(folder, 'keys/key.pem');
    for (const path of [blob, key]) {
      await mkdir(join(path, '..'));
      await writeFile(path, 'as it was');
    }
    const pool = openPool();
    expect(foundIn(await pool.run(taskOf(`read ${blob}`)))).toBe('done: "as it was"');
    for (const path of [key, '/etc/passwd', '/proc/self/environ']) {
      expect(foundIn(await pool.run(taskOf(`read ${path}`)))).toBe('ERR_ACCESS_DENIED');
    }
    expect(foundIn(await pool.run(taskOf(`write ${blob}`)))).toBe('ERR_ACCESS_DENIED');
    expect(await readFile(blob, 'utf8')).toBe('as it was');
  });

  it('reaches neither the network nor another program', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await eventually(() => expect(server.address()).not.toBeNull());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : null;
    const pool = openPool();
    expect(foundIn(await pool.run(taskOf(`call ${port}`)))).toBe('ERR_ACCESS_DENIED');
    expect(foundIn(await pool.run(taskOf('run')))).toBe('ERR_ACCESS_DENIED');
    server.close();
  });
});

describe('a fault of the machine', () => {
  it('is not blamed on the submission: a full disk is thrown, to be tried again', async () => {
    await expect(openPool().run(taskOf('full'))).rejects.toThrow('no space left');
  });

  it('costs a second try when the child is killed from outside while it grades', async () => {
    const pool = openPool({ limits: { deadlineMs: 2_000, memoryBytes: 400 * megabyte } });
    const first = await pidIn(pool);
    const running = pool.run(taskOf('sleep'));
    process.kill(first, 'SIGKILL');
    await eventually(() => {
      expect(pool.pids).toHaveLength(1);
      expect(pool.pids).not.toContain(first);
    });
    // The second child sleeps as well: what ends it is the deadline, not the crash of the first.
    await expect(running).resolves.toMatchObject({ code: 'grader-deadline' });
  });

  it('does not show when the child is killed between two tasks', async () => {
    const pool = openPool();
    const first = await pidIn(pool);
    process.kill(first, 'SIGKILL');
    await untilGone([first]);
    expect(await pidIn(pool)).not.toBe(first);
  });

  it('is told as such when no child starts', async () => {
    const program = join(folder, 'broken.ts');
    await writeFile(program, 'throw new Error("a library is missing");\n');
    const pool = openPool({ program, readable: [folder] });
    await expect(pool.run(taskOf('good'))).rejects.toThrow(
      /did not start: exit code 1.*a library is missing/s,
    );
  });
});

describe('the pool', () => {
  it('runs as many side by side as it has children, and keeps them', async () => {
    const pool = openPool({ size: 2 });
    const pids = await Promise.all(Array.from({ length: 6 }, () => pidIn(pool)));
    expect(new Set(pids).size).toBe(2);
    expect(pool.pids.sort()).toEqual([...new Set(pids)].sort());
  });

  it('takes a fresh child after its number of tasks', async () => {
    const pool = openPool({ tasksPerChild: 2 });
    const [a, b, c] = [await pidIn(pool), await pidIn(pool), await pidIn(pool)];
    expect(b).toBe(a);
    expect(c).not.toBe(a);
    expect(isAlive(a)).toBe(false);
  });

  it('ends the child of a task that is aborted', async () => {
    const pool = openPool();
    const first = await pidIn(pool);
    const stop = new AbortController();
    const begun = join(await placeIn(pool), 'begun');
    const running = pool.run(taskOf('begin'), stop.signal);
    await eventually(() => expect(existsSync(begun)).toBe(true));
    stop.abort(new Error('handed back'));
    await expect(running).rejects.toThrow('handed back');
    expect(isAlive(first)).toBe(false);
    await expect(pidIn(pool)).resolves.toBeGreaterThan(0);
  });

  it('takes no task whose signal is aborted already', async () => {
    await expect(openPool().run(taskOf('sleep'), AbortSignal.abort(new Error('too late')))).rejects.toThrow(
      'too late',
    );
  });

  it('rejects what runs and what waits when it is closed, so that nothing is recorded of it', async () => {
    const pool = openPool();
    const first = await pidIn(pool);
    const begun = join(await placeIn(pool), 'begun');
    const running = Promise.allSettled([pool.run(taskOf('begin')), pool.run(taskOf('good'))]);
    await eventually(() => expect(existsSync(begun)).toBe(true));
    await pool.close();
    const [asleep, waiting] = await running;
    expect(asleep).toMatchObject({
      status: 'rejected',
      reason: { message: 'the grading child was told to stop' },
    });
    expect(waiting).toMatchObject({ status: 'rejected', reason: { message: 'the grading pool is closed' } });
    expect(isAlive(first)).toBe(false);
    expect(pool.pids).toEqual([]);
  });

  it('leaves no child behind when it is closed while one starts', async () => {
    const pool = openPool();
    const starting = pool.run(taskOf('sleep'));
    await setImmediate();
    await pool.close();
    await expect(starting).rejects.toThrow(/closed|told to stop/);
    expect(pool.pids).toEqual([]);
    const temporary = join(folder, 'temporary');
    expect(existsSync(temporary) ? await readdir(temporary) : []).toEqual([]);
  });

  it('removes what a child left in its temporary folder', async () => {
    const pool = openPool();
    const place = await placeIn(pool);
    expect(await readdir(place)).toEqual(['litter']);
    await pool.run(taskOf('segfault'));
    await pool.close();
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  });
});
