import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPackage } from '../../../graders/unpack/listing.ts';
import { makeZip } from '../../../samples/make/zip-writer.ts';
import { makeRar5 } from '../../support/make-rar.ts';
import { handIn } from './hand-in.ts';

type Files = Record<string, string | Uint8Array>;

/** Lists files as a service has them: named, their bytes elsewhere. */
async function list(files: Files) {
  const folder = await handIn(files);
  const placed = await Promise.all(
    Object.keys(files).map(async (path) => {
      const location = join(folder, path);
      return { path, location, bytes: (await stat(location)).size };
    }),
  );
  const listing = await listPackage(placed);
  return {
    ...listing,
    paths: listing.files.filter(({ container }) => !container).map(({ path }) => path),
    told: listing.problems.map(({ code, path }) => `${code} ${path}`),
  };
}

describe('listing a hand-in', () => {
  it('names what lies in it and what lies in its zips, with sizes, and inflates nothing', async () => {
    const zip = makeZip([
      { name: '作品/' },
      { name: '作品/index.html', data: 'abc', encoding: 'gbk' },
      // A lie about the size is not found out here: that needs the bytes.
      { name: '作品/a.jpg', data: 'x', encoding: 'gbk', claimedBytes: 1000 },
    ]);
    const { files, problems, closed } = await list({ '43070001.zip': zip, 'notes.txt': 'hello' });
    expect(files).toEqual([
      { path: '43070001.zip', bytes: zip.length, container: true },
      { path: '作品/index.html', bytes: 3, container: false },
      { path: '作品/a.jpg', bytes: 1000, container: false },
      { path: 'notes.txt', bytes: 5, container: false },
    ]);
    expect([problems, closed]).toEqual([[], []]);
  });

  it('places what is inside where the archive stands', async () => {
    const { paths } = await list({ 'sub/a.zip': makeZip([{ name: 'b/c.txt', data: 'x' }]) });
    expect(paths).toEqual(['sub/b/c.txt']);
  });

  it('keeps documents closed, by their content and by their name', async () => {
    const docx = makeZip([{ name: '[Content_Types].xml', data: 'x' }]);
    const cut = makeZip([{ name: 'word/document.xml', data: 'x' }]).subarray(0, -30);
    const { files, problems, closed } = await list({ 'a.docx': docx, 'b.bin': docx, 'c.docx': cut });
    expect(files.map(({ container }) => container)).toEqual([false, false, false]);
    expect([problems, closed]).toEqual([[], []]);
  });

  it('D6: tells of a locked archive once, and of a locked or refused entry below the folder of its archive', async () => {
    const all = makeZip([{ name: 'a.txt', data: 'x', encrypted: true }]);
    const some = makeZip([
      { name: 'open.txt', data: 'x' },
      { name: 'locked.txt', data: 'x', encrypted: true },
      { name: '../out.txt', data: 'x' },
      { name: 'link', data: '/etc/passwd', externalAttributes: 0o120777 << 16, madeBy: 3 },
      { name: 'odd.txt', data: 'x', method: 97 },
      { name: 'huge.bin', data: 'x', claimedBytes: 2 ** 31 },
    ]);
    const { told, closed, paths } = await list({ 'all.zip': all, 'sub/some.zip': some });
    expect(told).toEqual([
      'encrypted-archive all.zip',
      'encrypted-file sub/locked.txt',
      'traversal-name sub/../out.txt',
      'link-file sub/link',
      'unsupported-method sub/odd.txt',
      'bomb-file sub/huge.bin',
    ]);
    expect(paths).toEqual(['sub/open.txt']);
    expect(closed).toEqual(['all.zip']);
  });

  it('D6: tells of a zip that was cut off or is one of several parts', async () => {
    const zip = makeZip([{ name: 'a.txt', data: 'x'.repeat(1000), method: 'store' }]);
    const { told, closed } = await list({
      'cut.zip': zip.subarray(0, 500),
      'part.zip': makeZip([{ name: 'a.txt', data: 'x' }], { disk: 1 }),
    });
    expect(told).toEqual(['truncated-archive cut.zip', 'unsupported-volume part.zip']);
    expect(closed).toEqual(['cut.zip', 'part.zip']);
  });

  it('opens no RAR and no archive in an archive, and says which stayed closed', async () => {
    const rar = makeRar5([{ name: 'a.txt', data: 'x' }]);
    const nested = makeZip([{ name: '作品.zip', data: makeZip([{ name: 'a.txt', data: 'x' }]) }]);
    const { files, told, closed } = await list({ 'renamed.zip': rar, 'nested.zip': nested });
    expect(files.every(({ container }) => container)).toBe(true);
    expect(told).toEqual([]);
    expect(closed).toEqual(['renamed.zip', 'nested.zip']);
  });

  it('reads no list that is made to eat memory', async () => {
    const entries = Array.from({ length: 200 }, (_, index) => ({
      name: `${index}${'n'.repeat(60_000)}`,
      data: '',
    }));
    const { paths, closed } = await list({ 'a.zip': makeZip(entries) });
    expect(paths).toEqual([]);
    expect(closed).toEqual(['a.zip']);
  });

  it('D9: tells of shortcuts, lock files left alone, empty files, names that differ in case only', async () => {
    const lnk = Buffer.concat([Buffer.from([0x4c, 0, 0, 0, 1, 0x14, 2, 0]), Buffer.alloc(68)]);
    const { told } = await list({
      '作品.lnk': lnk,
      'renamed.docx': lnk,
      '~$报告.docx': 'x',
      'empty.html': '',
      'a.txt': 'x',
      'A.txt': 'x',
      'Thumbs.db': '',
    });
    expect(told.sort()).toEqual([
      'empty-file empty.html',
      'shortcut-file renamed.docx',
      'shortcut-file 作品.lnk',
      'shortcut-lock ~$报告.docx',
      'unsupported-case A.txt',
    ]);
  });
});
