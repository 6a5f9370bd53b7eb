import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../../graders/unpack/unpack.ts';
import { readZipEntries, ZipReadError } from '../../../graders/unpack/zip-entries.ts';
import { makeZip } from '../../../samples/make/zip-writer.ts';
import { makeRar4, makeRar5 } from '../../support/make-rar.ts';

const limits = { entries: 40, totalBytes: 200_000, entryBytes: 100_000, milliseconds: 20_000 };

const seeds: Record<string, Buffer> = {
  zip: makeZip([
    { name: '图片/a.txt', data: 'tea '.repeat(300), encoding: 'gbk' },
    {
      name: '图片/b.bin',
      data: Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7) % 256)),
      encoding: 'gbk',
      method: 'store',
    },
    { name: 'c.txt', data: 'stream '.repeat(50), descriptor: true },
    {
      name: 'd.zip',
      data: makeZip([{ name: '../e.txt', data: 'e' }]),
      madeBy: 3,
      externalAttributes: 0o100644 << 16,
    },
  ]),
  rar4: makeRar4([
    { name: 'a/b.txt', data: 'b'.repeat(200) },
    { name: 'c.txt', data: 'c' },
  ]),
  rar5: makeRar5([
    { name: 'a/b.txt', data: 'b'.repeat(200) },
    { name: 'c.txt', data: 'c' },
  ]),
};

/** Cuts, overwrites and repeats, most of them near the headers at both ends. */
function mutated(seed: Buffer): fc.Arbitrary<Buffer> {
  const place = fc.oneof(
    fc.nat(seed.length - 1),
    fc.nat(Math.min(60, seed.length - 1)),
    fc.integer({ min: Math.max(0, seed.length - 260), max: seed.length - 1 }),
  );
  const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 0xff, 0x7f, 0x2e, 0x2f));
  const writes = fc.array(fc.tuple(place, fc.array(value, { minLength: 1, maxLength: 8 })), { maxLength: 4 });
  const cut = fc.oneof({ weight: 2, arbitrary: fc.constant(seed.length) }, place);
  return fc.tuple(writes, cut, fc.boolean()).map(([changes, end, twice]) => {
    const bytes = Buffer.from(seed);
    for (const [at, values] of changes)
      for (const [index, each] of values.entries()) if (at + index < bytes.length) bytes[at + index] = each;
    const rest = bytes.subarray(0, end);
    return twice ? Buffer.concat([rest, rest]) : rest;
  });
}

/** Every file below a folder, relative to it. */
async function tree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

describe('D7: a mutated archive', () => {
  it.each([
    ['zip', 250],
    ['rar4', 40],
    ['rar5', 40],
  ] as const)(
    '%s never throws, writes under numbers inside the given folder only, and stays within the limits',
    async (kind, numRuns) => {
      const folder = await mkdtemp(join(tmpdir(), 'kaoping-mutation-'));
      const seed = seeds[kind] ?? Buffer.alloc(0);
      try {
        await fc.assert(
          fc.asyncProperty(mutated(seed), async (bytes) => {
            const into = join(folder, 'into');
            await writeFile(join(folder, 'a.zip'), bytes);
            const { files, problems } = await unpack(join(folder, 'a.zip'), into, limits);
            const written = await tree(folder);
            expect(
              written.filter((path) => !/^(a\.zip|into[/\\]unpacked-\w+[/\\]\d{6})$/.test(path)),
            ).toEqual([]);
            const inside = files.filter(({ fromArchive }) => fromArchive !== null);
            expect(inside.length).toBeLessThanOrEqual(limits.entries);
            expect(inside.reduce((sum, file) => sum + file.bytes, 0)).toBeLessThanOrEqual(limits.totalBytes);
            for (const file of files) {
              expect(file.path).not.toMatch(/(^|\/)\.\.(\/|$)|^\/|\\|^[A-Za-z]:|\0/);
              expect((await stat(file.location)).size).toBe(file.bytes);
            }
            expect(files.length + problems.length).toBeGreaterThan(0);
            await rm(into, { recursive: true, force: true });
          }),
          { numRuns },
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  it('gives a document reader parts or a reason, nothing else', async () => {
    const seed = seeds.zip ?? Buffer.alloc(0);
    await fc.assert(
      fc.asyncProperty(mutated(seed), async (bytes) => {
        const zip = await readZipEntries(bytes, limits);
        for (const name of zip.names) {
          const outcome = await zip.read(name).catch((error: unknown) => error);
          expect(Buffer.isBuffer(outcome) || outcome instanceof ZipReadError).toBe(true);
        }
        await zip.close();
      }),
      { numRuns: 250 },
    );
  });

  it('the seeds themselves are whole', async () => {
    for (const [name, bytes] of Object.entries(seeds)) {
      const folder = await mkdtemp(join(tmpdir(), 'kaoping-mutation-'));
      await writeFile(join(folder, name), bytes);
      const { files } = await unpack(join(folder, name), join(folder, 'into'));
      expect(files.length).toBeGreaterThan(1);
      expect(await readFile(files.at(-1)?.location ?? '')).not.toHaveLength(0);
      await rm(folder, { recursive: true });
    }
  });
});
