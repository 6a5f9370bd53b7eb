import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openFileBlobStore } from '../../src/storage/file-blob-store.ts';
import { ABANDONED_AFTER, sweep } from '../../src/storage/sweep.ts';
import { type Child, startScript } from '../support/child.ts';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';

const script = fileURLToPath(new URL('./putting.ts', import.meta.url));
const MEGABYTE = 1024 * 1024;

const feed = (child: Child, megabytes: number, chunk = randomBytes(MEGABYTE)) => {
  if (child.process.stdin === null) throw new Error('the child has no stdin');
  return pipeline(
    Array.from({ length: megabytes }, () => chunk),
    child.process.stdin,
  );
};

/** Waits until something half written has arrived on disk. */
async function untilWriting(incoming: string): Promise<string> {
  for (;;) {
    const [name] = await readdir(incoming);
    if (name !== undefined) return name;
    await wait(10);
  }
}

describe('putting in a process of its own', async () => {
  const root = await temporaryFolder();

  it('leaves no half blob when the process is killed, and what it leaves is swept away an hour later', async () => {
    const folder = join(root, 'killed');
    const incoming = join(folder, 'incoming');
    const child = startScript(script, [folder]);
    await child.say();
    child.process.stdin?.write(randomBytes(2 * MEGABYTE));
    const name = await untilWriting(incoming);
    expect(await sweep(incoming, Date.now() + 2 * ABANDONED_AFTER)).toEqual([]);
    await child.kill();
    const store = await openFileBlobStore(folder);
    expect(await Array.fromAsync(store.list())).toEqual([]);
    expect(await readdir(incoming)).toEqual([name]);
    expect(await sweep(incoming, Date.now() + 2 * ABANDONED_AFTER)).toEqual([name]);
    expect(await readdir(incoming)).toEqual([]);
  });

  it('does not grow with the size of the file', async () => {
    const child = startScript(script, [join(root, 'large')]);
    await child.say();
    const chunk = randomBytes(MEGABYTE);
    await feed(child, 400, chunk);
    const hash = createHash('sha256');
    for (let count = 0; count < 400; count += 1) hash.update(chunk);
    const said = await child.say();
    expect(said).toMatchObject({ bytes: 400 * MEGABYTE, sha256: hash.digest('hex') });
    expect(said).toSatisfy((value: { grown: number }) => value.grown < 120 * MEGABYTE);
    await child.end();
  });

  it('says that the disk is full', async ({ skip }) => {
    const small = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'];
    const mount = 'mount -t tmpfs -o size=3m tmpfs "$1" && shift && exec "$@"';
    const disk = await temporaryFolder();
    const allowed = await promisify(execFile)(small[0] ?? '', [
      ...small.slice(1),
      mount,
      'sh',
      disk,
      'true',
    ]).then(
      () => true,
      () => false,
    );
    if (!allowed) {
      leaveOut('a full disk', 'no small file system can be mounted here');
      return skip();
    }
    const child = startScript(script, [join(disk, 'blobs')], {}, [...small, mount, 'sh', disk]);
    await child.say();
    // The child stops reading when its disk is full, and its end breaks the pipe.
    const [said] = await Promise.all([child.say(), feed(child, 8).catch(() => undefined)]);
    expect(said).toEqual({ error: 'NoSpaceError' });
    await child.kill();
  });
});
