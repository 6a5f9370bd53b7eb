import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../samples/make/gbk.ts';
import { makeZip } from '../../../samples/make/zip-writer.ts';
import { leaveOut } from '../../support/left-out.ts';
import { handIn, open, scratch } from './hand-in.ts';

const rawNames = process.platform === 'linux';
if (!rawNames) leaveOut('names on disk that are no UTF-8', 'this system refuses them');

describe('a folder', () => {
  it('is listed where it lies, without copies', async () => {
    const folder = await handIn({ 'index.html': 'page', 'images/图.jpg': 'x' });
    const opened = await open(folder);
    expect(opened.paths).toEqual(['images/图.jpg', 'index.html']);
    expect(opened.files[0]).toMatchObject({
      location: join(folder, 'images/图.jpg'),
      fromArchive: null,
      bytes: 1,
    });
    expect(opened.problems).toEqual([]);
    expect(opened.root).toBe('');
  });

  it('D7: links in it are not followed', async () => {
    const folder = await handIn({ 'a.txt': 'a' });
    await symlink('/etc/passwd', join(folder, 'passwd'));
    await symlink('/etc', join(folder, 'etc'));
    const opened = await open(folder);
    expect(opened.paths).toEqual(['a.txt']);
    expect(opened.codes).toEqual(['link-file', 'link-file']);
  });

  it.runIf(rawNames)('D3: GBK names on disk are read, the bytes made reachable', async () => {
    const folder = await scratch();
    const raw = Buffer.concat([Buffer.from(`${folder}/`), encodeGbk('客服答案')]);
    await mkdir(raw);
    await writeFile(Buffer.concat([raw, Buffer.from('/'), encodeGbk('图片.txt')]), '好');
    const opened = await open(folder);
    expect(opened.paths).toEqual(['客服答案/图片.txt']);
    expect(await opened.text('客服答案/图片.txt')).toBe('好');
  });

  it('opens an archive in place and lists it as a container', async () => {
    const inner = makeZip([{ name: '作品/a.txt', data: 'a' }]);
    const opened = await open(await handIn({ 'sub/43070001.zip': inner, 'sub/b.txt': 'b' }));
    expect(opened.files.map(({ path, container, fromArchive }) => [path, container, fromArchive])).toEqual([
      ['sub/43070001.zip', true, null],
      ['sub/b.txt', false, null],
      ['sub/作品/a.txt', false, 'sub/43070001.zip'],
    ]);
    expect(opened.root).toBe('sub');
  });

  it('handed in beside its own zip is not doubled; a different file of the same name is kept beside it', async () => {
    const zip = makeZip([
      { name: 'a.txt', data: 'a' },
      { name: 'b.txt', data: 'other' },
    ]);
    const opened = await open(await handIn({ 'a.txt': 'a', 'b.txt': 'b', 'x.zip': zip }));
    expect(opened.paths).toEqual(['a.txt', 'b (2).txt', 'b.txt', 'x.zip']);
    expect(opened.codes).toEqual(['unsupported-duplicate']);
  });

  it('D7: archives in archives end at the depth limit', async () => {
    const third = makeZip([{ name: 'deep.txt', data: 'deep' }]);
    const second = makeZip([
      { name: 'c.zip', data: third },
      { name: 'two.txt', data: '2' },
    ]);
    const first = makeZip([
      { name: 'b.zip', data: second },
      { name: 'one.txt', data: '1' },
    ]);
    const opened = await open(await handIn({ 'a.zip': first }));
    expect(opened.paths).toEqual(['a.zip', 'b.zip', 'c.zip', 'one.txt', 'two.txt']);
    expect(opened.problems).toMatchObject([{ path: 'c.zip', code: 'bomb-depth' }]);
    const one = await open(await handIn({ 'a.zip': first }), { depth: 1 });
    expect(one.paths).toEqual(['a.zip', 'b.zip', 'one.txt']);
  });

  it('an archive in an archive of the same name is no conflict', async () => {
    const inner = makeZip([{ name: 'a.txt', data: 'a' }]);
    const outer = makeZip([{ name: '43070001.zip', data: inner }]);
    const folder = await handIn({ '43070001.zip': outer });
    const alone = await open(join(folder, '43070001.zip'));
    expect(alone.paths).toEqual(['43070001.zip', 'a.txt']);
    expect(alone.files.map(({ container }) => container)).toEqual([true, false]);
    expect(alone.problems).toEqual([]);
    const beside = await open(folder);
    expect(beside.paths).toEqual(['43070001 (2).zip', '43070001.zip', 'a.txt']);
    expect(beside.problems).toEqual([]);
  });

  it('a document that is the whole hand-in stands in the list', async () => {
    const docx = makeZip([{ name: '[Content_Types].xml', data: '<Types/>' }]);
    const folder = await handIn({ '答案.docx': docx });
    expect((await open(join(folder, '答案.docx'))).paths).toEqual(['答案.docx']);
  });

  it('documents are files, not archives, whole or damaged', async () => {
    const docx = makeZip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'word/document.xml', data: '<w/>' },
    ]);
    const opened = await open(
      await handIn({ '答案.docx': docx, '答案.bin': docx, '坏.docx': docx.subarray(0, 60), '表.et': docx }),
    );
    expect(opened.paths).toEqual(['坏.docx', '答案.bin', '答案.docx', '表.et']);
    expect(opened.problems).toEqual([]);
    expect(opened.files.every(({ container }) => !container)).toBe(true);
  });

  it('D7: too many files', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.txt`, 'x']));
    const opened = await open(await handIn(files), { entries: 10 });
    expect(opened.files).toHaveLength(10);
    expect(opened.problems).toMatchObject([{ path: '', code: 'bomb-count' }]);
  });
});

describe('what candidates hand in by mistake', () => {
  it('D9: shortcuts and lock files alone', async () => {
    const lnk = Buffer.from([0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0]);
    const opened = await open(
      await handIn({
        '答案.docx.lnk': lnk,
        '作品.docx': lnk,
        '~$数据.xlsx': 'x',
        'ok/~$服话术答案.docx': 'x',
        'ok/客服话术答案.docx': 'y',
      }),
    );
    expect(opened.problems.map(({ code, path }) => [code, path])).toEqual([
      ['shortcut-lock', '~$数据.xlsx'],
      ['shortcut-file', '作品.docx'],
      ['shortcut-file', '答案.docx.lnk'],
    ]);
  });

  it('nothing but what the system left', async () => {
    expect((await open(await handIn({ 'Thumbs.db': 'x', '__MACOSX/._a': 'x' }))).codes).toEqual([
      'empty-package',
    ]);
    expect((await open(await scratch())).codes).toEqual(['empty-package']);
  });

  it('a single file is a hand-in of one', async () => {
    const folder = await handIn({ 'logo.png': 'png' });
    const opened = await open(join(folder, 'logo.png'));
    expect(opened.paths).toEqual(['logo.png']);
  });
});

describe('named files', () => {
  it('D17: names are kept apart from where the bytes lie', async () => {
    const folder = await handIn({ '1': 'a', '2': makeZip([{ name: 'c.txt', data: 'c' }]) });
    const opened = await open([
      { path: '作品/答案.txt', location: join(folder, '1') },
      { path: '作品/x.zip', location: join(folder, '2') },
      { path: '../evil.txt', location: join(folder, '1') },
    ]);
    expect(opened.paths).toEqual(['作品/c.txt', '作品/x.zip', '作品/答案.txt']);
    expect(opened.codes).toEqual(['traversal-name']);
    expect(opened.root).toBe('作品');
  });
});

describe('root', () => {
  it.each([
    [['a.html', 'images/b.jpg'], ''],
    [['站点/a.html', '站点/images/b.jpg'], '站点'],
    [['考号/站点/a.html', '考号/站点/images/b.jpg'], '考号/站点'],
    [['考号/站点/x/a.html', '考号/站点/x/b.jpg'], '考号/站点'],
    [['站点/a.html', 'Thumbs.db', '__MACOSX/站点/._a.html'], '站点'],
    [['站点/a.html', '站点2/b.html'], ''],
  ])('D1: %j has %j', async (paths, root) => {
    const opened = await open(await handIn(Object.fromEntries(paths.map((path) => [path, path]))));
    expect(opened.root).toBe(root);
  });
});
