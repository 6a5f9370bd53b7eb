import { readdir } from 'node:fs/promises';
import { crc32, gzipSync } from 'node:zlib';
import SevenZip from '7z-wasm';
import { describe, expect, it } from 'vitest';
import { makeRar4, makeRar5 } from '../../support/make-rar.ts';
import { openArchive } from './hand-in.ts';

const work = { '作品/index.html': '<p>茶</p>', '作品/images/a.bmp': 'x'.repeat(50_000), 'b.txt': 'b' };

/** An archive written by 7-Zip itself; `link` becomes a symbolic link. */
async function pack(
  name: string,
  files: Record<string, string>,
  flags: string[] = [],
  link?: string,
): Promise<Buffer> {
  const sevenZip = await SevenZip.default({
    print: () => undefined,
    printErr: () => undefined,
    noExitRuntime: true,
  });
  sevenZip.FS.mkdir('/in');
  sevenZip.FS.chdir('/in');
  for (const [path, data] of Object.entries(files)) {
    path
      .split('/')
      .slice(0, -1)
      .reduce((folder, segment) => {
        const next = `${folder}/${segment}`;
        if (!sevenZip.FS.readdir(folder).includes(segment)) sevenZip.FS.mkdir(next);
        return next;
      }, '/in');
    sevenZip.FS.writeFile(`/in/${path}`, data);
  }
  if (link !== undefined) sevenZip.FS.symlink(link, '/in/link');
  sevenZip.callMain(['a', '-snl', ...flags, `/${name}`, '.']);
  return Buffer.from(sevenZip.FS.readFile(`/${name}`));
}

async function expectWork(bytes: Buffer): Promise<void> {
  const opened = await openArchive(bytes);
  expect(opened.problems).toEqual([]);
  expect(opened.paths).toEqual(['b.txt', '作品/images/a.bmp', '作品/index.html']);
  expect(await opened.text('作品/index.html')).toBe('<p>茶</p>');
  expect(await opened.text('作品/images/a.bmp')).toBe('x'.repeat(50_000));
  const [folder = ''] = await readdir(opened.into);
  for (const name of await readdir(`${opened.into}/${folder}`)) expect(name).toMatch(/^\d{6}$/);
}

const members = Object.entries(work).map(([name, data]) => ({ name, data }));

describe('other archives, all named .zip (D6)', () => {
  it('7z', async () => expectWork(await pack('a.7z', work)));
  it('7z without a solid block', async () => expectWork(await pack('a.7z', work, ['-ms=off', '-mx=1'])));
  it('tar', async () => expectWork(await pack('a.tar', work)));
  it('tar.gz', async () => expectWork(gzipSync(await pack('a.tar', work))));
  it('RAR 4', async () => expectWork(makeRar4(members)));
  it('RAR 5', async () => expectWork(makeRar5(members)));

  it('gzip of a single file stays a file', async () => {
    const opened = await openArchive(gzipSync('<svg/>'), {}, 'logo.svgz');
    expect(opened.paths).toEqual(['logo.svgz']);
    expect(opened.codes).toEqual([]);
  });

  it('empty files are kept and named', async () => {
    const opened = await openArchive(await pack('a.7z', { 'a.docx': '', 'b.txt': 'b' }));
    expect(opened.paths).toEqual(['a.docx', 'b.txt']);
    expect(opened.problems).toMatchObject([{ path: 'a.docx', code: 'empty-file' }]);
  });
});

describe('hostile ones', () => {
  it.each([
    ['its list', ['-mhe=on']],
    ['its files', []],
  ])('locked in %s', async (_, flags) => {
    const opened = await openArchive(
      await pack('a.7z', { 'a.txt': 'a', 'b.txt': 'bb' }, ['-psecret', ...flags]),
    );
    expect(opened.codes).toEqual(['encrypted-archive']);
    expect(opened.files).toEqual([]);
  });

  it('D7: `..` and absolute names', async () => {
    const bytes = makeRar5([
      { name: '../../evil.txt', data: 'evil' },
      { name: '/etc/evil.txt', data: 'evil' },
      { name: 'good.txt', data: 'good' },
    ]);
    const opened = await openArchive(bytes);
    expect(opened.paths).toEqual(['good.txt']);
    expect(opened.codes).toEqual(['traversal-name', 'traversal-name']);
  });

  it('D7: links', async () => {
    const tar = await openArchive(await pack('a.tar', { 'a.txt': 'a' }, [], '/etc/passwd'));
    expect(tar.codes).toEqual(['link-file']);
    expect(tar.paths).toEqual(['a.txt']);
    const rar = await openArchive(
      makeRar5([
        { name: 'l', link: '/etc/passwd' },
        { name: 'a.txt', data: 'a' },
      ]),
    );
    expect(rar.codes).toEqual(['link-file']);
    expect(rar.paths).toEqual(['a.txt']);
  });

  it('D7: limits hold by the list, before anything is written', async () => {
    const bytes = await pack('a.7z', { 'a.bin': 'x'.repeat(90_000), 'b.txt': 'b' });
    const file = await openArchive(bytes, { entryBytes: 80_000 });
    expect(file.codes).toEqual(['bomb-file']);
    expect(file.paths).toEqual(['b.txt']);
    const total = await openArchive(bytes, { totalBytes: 80_000 });
    expect(total.codes).toEqual(['bomb-total']);
    expect(total.files).toEqual([]);
    expect((await openArchive(bytes, { entries: 1 })).codes).toEqual(['bomb-count']);
    expect((await openArchive(bytes, { milliseconds: -1 })).codes).toEqual(['bomb-time']);
  });

  it('D7: a bomb is refused by its ratio, listed or packed in gzip', async () => {
    const claims = makeRar5([{ name: 'a.bin', data: 'a'.repeat(900), claimedBytes: 100 * 1024 ** 2 }]);
    const listed = await openArchive(claims);
    expect(listed.codes).toEqual(['bomb-ratio']);
    expect(listed.files).toEqual([]);
    const head = (await pack('a.tar', { 'a.txt': 'a' })).subarray(0, 512);
    const gzipped = await openArchive(gzipSync(Buffer.concat([head, Buffer.alloc(70 * 1024 ** 2)])));
    expect(gzipped.codes).toEqual(['bomb-ratio']);
    expect(gzipped.files).toEqual([]);
  });

  it('one that asks for gigabytes of memory', async () => {
    const greedy = await pack('a.7z', { 'a.txt': 'a'.repeat(500) }, ['-mhc=off']);
    const coder = greedy.indexOf(Buffer.from([0x21, 0x21, 0x01]), 32);
    expect(coder).toBeGreaterThan(0);
    // LZMA2's dictionary size: 36 stands for 1 GiB. Both checksums of the header follow it.
    greedy[coder + 3] = 36;
    const header = greedy.subarray(32 + Number(greedy.readBigUInt64LE(12)));
    greedy.writeUInt32LE(crc32(header.subarray(0, Number(greedy.readBigUInt64LE(20)))), 28);
    greedy.writeUInt32LE(crc32(greedy.subarray(12, 32)), 8);
    const opened = await openArchive(greedy);
    expect(opened.problems).toMatchObject([{ path: '43070001.zip', code: 'unsupported-memory' }]);
  });

  it('one part of several', async () => {
    const opened = await openArchive(makeRar4([{ name: 'a.txt', data: 'a' }], { volume: true }));
    expect(opened.codes).toContain('unsupported-volume');
  });
});

describe('damaged ones', () => {
  it('7z cut off: its list stood at the end', async () => {
    const whole = await pack('a.7z', work);
    const opened = await openArchive(whole.subarray(0, -20));
    expect(opened.codes).toEqual(['truncated-archive']);
  });

  it('RAR cut off: what is there is kept', async () => {
    const whole = makeRar5([
      { name: 'a.txt', data: 'a'.repeat(500) },
      { name: 'b.txt', data: 'b'.repeat(500) },
    ]);
    const opened = await openArchive(whole.subarray(0, -200));
    expect(opened.codes).toContain('truncated-archive');
    expect(await opened.text('a.txt')).toBe('a'.repeat(500));
  });
});
