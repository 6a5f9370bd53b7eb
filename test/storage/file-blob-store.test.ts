import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../src/storage/blob-store.ts';
import {
  HashMismatchError,
  InterruptedError,
  MissingBlobError,
  TooLargeError,
} from '../../src/storage/errors.ts';
import { openFileBlobStore } from '../../src/storage/file-blob-store.ts';
import { temporaryFolder } from '../support/folder.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const MEGABYTE = 1024 * 1024;

describe('the blob store on files', async () => {
  const root = await temporaryFolder();
  let folder: string;
  let store: BlobStore;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(root, 'store-')), 'data', 'blobs');
    store = await openFileBlobStore(folder);
  });

  const put = (bytes: Uint8Array, maxBytes = MEGABYTE) => store.put(Readable.from([bytes]), { maxBytes });

  /** Everything visible or half written below the store. */
  const files = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

  it('keeps bytes under their hash and gives them back', async () => {
    const bytes = randomBytes(300_000);
    const stored = await put(bytes);
    const hash = sha256(bytes);
    expect(stored).toEqual({
      sha256: hash,
      bytes: 300_000,
      location: `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`,
    });
    expect(await readFile(join(folder, stored.location))).toEqual(bytes);
    expect(await buffer(await store.open(hash))).toEqual(bytes);
    expect(await store.stat(hash)).toEqual(stored);
    expect(await Array.fromAsync(store.list())).toEqual([stored]);
  });

  it('keeps the same bytes once, also when they come at the same time', async () => {
    const bytes = randomBytes(1000);
    const stored = await Promise.all(Array.from({ length: 20 }, () => put(bytes)));
    expect(new Set(stored.map((one) => one.sha256))).toEqual(new Set([sha256(bytes)]));
    expect(await files()).toHaveLength(1);
  });

  it('keeps nothing, too', async () => {
    const stored = await put(new Uint8Array());
    expect(stored.bytes).toBe(0);
    expect(await buffer(await store.open(stored.sha256))).toHaveLength(0);
  });

  it('gives back any range of any bytes, however they were cut when they came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 5000 }), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.nat(),
        async (chunks, a, b) => {
          const bytes = Buffer.concat(chunks);
          const { sha256: hash } = await store.put(Readable.from(chunks), { maxBytes: MEGABYTE });
          expect(hash).toBe(sha256(bytes));
          if (bytes.length === 0) return;
          const [start = 0, end = 0] = [a % bytes.length, b % bytes.length].toSorted((x, y) => x - y);
          expect(await buffer(await store.open(hash, { start, end }))).toEqual(
            bytes.subarray(start, end + 1),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    [0, 10],
    [-1, 3],
    [4, 3],
    [0.5, 3],
  ])('refuses the range %d to %d of ten bytes', async (start, end) => {
    const { sha256: hash } = await put(new Uint8Array(10));
    await expect(store.open(hash, { start, end })).rejects.toThrow(RangeError);
  });

  it('refuses more bytes than allowed, keeps none of them, and leaves the source to its owner', async () => {
    const source = Readable.from([randomBytes(600), randomBytes(600), randomBytes(600)]);
    await expect(store.put(source, { maxBytes: 1000 })).rejects.toThrow(TooLargeError);
    expect(source.destroyed).toBe(false);
    expect(await files()).toEqual([]);
    await put(randomBytes(1000), 1000);
  });

  it('refuses bytes that are not the announced ones', async () => {
    const bytes = randomBytes(1000);
    const wrong = sha256(randomBytes(10));
    const refused = store.put(Readable.from([bytes]), { maxBytes: MEGABYTE, expectedSha256: wrong });
    await expect(refused).rejects.toThrow(HashMismatchError);
    await expect(refused).rejects.toMatchObject({ expected: wrong, actual: sha256(bytes) });
    expect(await files()).toEqual([]);
  });

  it('keeps nothing of a source that breaks off', async () => {
    const source = new Readable({ read: () => undefined });
    source.push(randomBytes(700_000));
    const stored = store.put(source, { maxBytes: MEGABYTE });
    setImmediate(() => source.destroy(new Error('cable')));
    await expect(stored).rejects.toThrow(InterruptedError);
    expect(await files()).toEqual([]);
  });

  it('ends when told to, even if the source says nothing any more', async () => {
    const source = new Readable({ read: () => undefined });
    source.push(randomBytes(100));
    const signal = AbortSignal.timeout(50);
    await expect(store.put(source, { maxBytes: MEGABYTE, signal })).rejects.toThrow(InterruptedError);
    expect(await files()).toEqual([]);
  });

  it('sees a flipped bit, and is healed by the same bytes', async () => {
    const bytes = randomBytes(5000);
    const { sha256: hash, location } = await put(bytes);
    expect(await store.verify(hash)).toBe('intact');
    const damaged = Buffer.from(bytes);
    damaged[2500] = (damaged[2500] ?? 0) ^ 1;
    await chmod(join(folder, location), 0o640);
    await writeFile(join(folder, location), damaged);
    expect(await store.verify(hash)).toBe('damaged');
    await put(bytes);
    expect(await store.verify(hash)).toBe('intact');
    expect(await store.verify(sha256(damaged))).toBe('missing');
  });

  it('copies to a file that may be changed', async () => {
    const { sha256: hash } = await put(Buffer.from('作品'));
    const copy = join(root, 'copy');
    await store.copyTo(hash, copy);
    await writeFile(copy, 'changed');
    expect(await store.verify(hash)).toBe('intact');
  });

  it('says when there is no such blob, and takes nothing but a hash', async () => {
    const unknown = sha256(Buffer.from('unknown'));
    await expect(store.open(unknown)).rejects.toThrow(MissingBlobError);
    await expect(store.copyTo(unknown, join(root, 'x'))).rejects.toThrow(MissingBlobError);
    expect(await store.has(unknown)).toBe(false);
    await expect(store.open(`../../${unknown}`)).rejects.toThrow(TypeError);
    await expect(store.stat(unknown.toUpperCase())).rejects.toThrow(TypeError);
  });

  it('takes over a finished file', async () => {
    const bytes = randomBytes(200_000);
    const path = join(root, 'finished');
    await writeFile(path, bytes);
    await expect(store.adopt(path, { maxBytes: 100_000 })).rejects.toThrow(TooLargeError);
    await expect(
      store.adopt(path, { maxBytes: MEGABYTE, expectedSha256: sha256(Buffer.of()) }),
    ).rejects.toThrow(HashMismatchError);
    const stored = await store.adopt(path, { maxBytes: MEGABYTE, expectedSha256: sha256(bytes) });
    expect(await store.verify(stored.sha256)).toBe('intact');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('a file on another file system', () => {
  const other = '/dev/shm';
  let folder: string | undefined;
  beforeAll(async () => {
    folder = await mkdir(join(other, `kaoping-file-${process.pid}`), { recursive: true }).catch(
      () => undefined,
    );
  });
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('is taken over by copying', async ({ skip }) => {
    const store = await openFileBlobStore(join(await temporaryFolder(), 'blobs'));
    if (folder === undefined) return skip(`${other} cannot be written`);
    const bytes = randomBytes(3000);
    const path = join(folder, 'finished');
    await writeFile(path, bytes);
    const stored = await store.adopt(path, { maxBytes: MEGABYTE });
    expect(await store.verify(stored.sha256)).toBe('intact');
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
