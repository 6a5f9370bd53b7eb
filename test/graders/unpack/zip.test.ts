import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../samples/make/gbk.ts';
import { makeZip, unicodePathField } from '../../../samples/make/zip-writer.ts';
import { openArchive } from './hand-in.ts';

describe('a zip', () => {
  it('becomes files with their sizes and hashes, stored under numbers', async () => {
    const opened = await openArchive(
      makeZip([
        { name: '作品/' },
        { name: '作品/index.html', data: '<p>茶</p>', modified: new Date(2026, 5, 1, 10, 30) },
        { name: '作品/images/a.jpg', data: 'x'.repeat(100_000), method: 'store' },
        { name: '作品/js/a.js', data: 'alert(1)', descriptor: true },
      ]),
    );
    expect(opened.problems).toEqual([]);
    expect(opened.paths).toEqual(['作品/images/a.jpg', '作品/index.html', '作品/js/a.js']);
    expect(opened.root).toBe('作品');
    expect(await opened.text('作品/index.html')).toBe('<p>茶</p>');
    expect(opened.files[1]).toMatchObject({
      bytes: 10,
      sha256: createHash('sha256').update('<p>茶</p>').digest('hex'),
      fromArchive: '43070001.zip',
      modified: new Date(2026, 5, 1, 10, 30),
      container: false,
    });
    const [folder = ''] = await readdir(opened.into);
    expect(await readdir(join(opened.into, folder))).toEqual(['000001', '000002', '000003']);
  });

  it('that is empty holds no work', async () => {
    expect((await openArchive(makeZip([]))).codes).toEqual(['empty-package']);
  });

  it('with a comment or bytes behind it still opens', async () => {
    const zip = makeZip([{ name: 'a.txt', data: 'a' }], { comment: '好压' });
    expect((await openArchive(zip)).codes).toEqual([]);
    const longer = await openArchive(Buffer.concat([zip, Buffer.alloc(300)]));
    expect(longer.paths).toEqual(['a.txt']);
    expect(longer.codes).toEqual(['truncated-archive']);
  });
});

describe('names in a zip', () => {
  const names = ['图片/轮播1.jpg', '果然香.html'];

  it.each([
    ['GBK without a flag, as Windows writes them', { encoding: 'gbk' as const }],
    ['UTF-8 with the flag', { encoding: 'utf-8' as const }],
    [
      'UTF-8 without the flag, as macOS writes them',
      { encoding: 'utf-8' as const, flagUtf8: false, madeBy: 3 },
    ],
    ['UTF-8 without the flag from a FAT system', { encoding: 'utf-8' as const, flagUtf8: false, madeBy: 0 }],
    ['GBK with the flag, a lie', { encoding: 'gbk' as const, flagUtf8: true }],
  ])('D3: %s', async (_, how) => {
    const opened = await openArchive(makeZip(names.map((name) => ({ name, data: name, ...how }))));
    expect(opened.paths).toEqual(names.toSorted());
    expect(opened.codes).toEqual([]);
  });

  it('D3: 图片 alone is 图片, although its GBK bytes are valid UTF-8', async () => {
    const zip = makeZip([{ name: '图片', data: 'a', encoding: 'gbk' }]);
    expect((await openArchive(zip)).paths).toEqual(['图片']);
  });

  it('D3: the pages that refer to a name decide where both readings are good', async () => {
    const zip = makeZip([{ name: Buffer.from('café.jpg'), data: 'a' }]);
    expect((await openArchive(zip)).paths).toEqual(['caf茅.jpg']);
    expect((await openArchive(zip, { references: ['images/café.jpg'] })).paths).toEqual(['café.jpg']);
    const mac = makeZip([{ name: Buffer.from('café.jpg'), data: 'a', madeBy: 3 }]);
    expect((await openArchive(mac)).paths).toEqual(['café.jpg']);
  });

  it('D3: a GBK trail byte 0x5C is not a path separator', async () => {
    const raw = encodeGbk('昞誠.txt');
    expect(raw.includes(0x5c)).toBe(true);
    const opened = await openArchive(makeZip([{ name: '昞誠.txt', data: 'a', encoding: 'gbk' }]));
    expect(opened.paths).toEqual(['昞誠.txt']);
  });

  it('takes the Unicode field where its checksum fits, and only there', async () => {
    const raw = Buffer.from('????.txt');
    const good = makeZip([{ name: raw, data: 'a', extra: unicodePathField(raw, '答案.txt') }]);
    expect((await openArchive(good)).paths).toEqual(['答案.txt']);
    const stale = makeZip([
      { name: raw, data: 'a', extra: unicodePathField(Buffer.from('old'), '答案.txt') },
    ]);
    expect((await openArchive(stale)).paths).toEqual(['????.txt']);
  });

  it('backslashes separate folders, decomposed letters are composed', async () => {
    const opened = await openArchive(makeZip([{ name: 'images\\e\u0301.jpg', data: 'a' }]));
    expect(opened.paths).toEqual(['images/é.jpg']);
  });

  it('D17: reserved, long and odd names are kept as data', async () => {
    const odd = ['con', 'aux.txt', 'a '.repeat(140), '😀.png', 'a?<b>|.txt', '尾点...', '末 '];
    const opened = await openArchive(makeZip(odd.map((name) => ({ name, data: name }))));
    expect(opened.codes).toEqual([]);
    expect(opened.paths).toEqual(odd.toSorted());
  });

  it('too long names and control characters', async () => {
    const opened = await openArchive(
      makeZip([
        { name: `${'长'.repeat(400)}.txt`, data: 'a' },
        { name: 'a\u0000b.txt', data: 'b' },
      ]),
    );
    expect(opened.paths).toEqual(['a\uFFFDb.txt']);
    expect(opened.codes).toEqual(['unsupported-name']);
  });

  it('equal names keep both files, names equal but for case too', async () => {
    const opened = await openArchive(
      makeZip([
        { name: 'a.jpg', data: '1' },
        { name: 'a.jpg', data: '2' },
        { name: 'a.jpg', data: '1' },
        { name: 'A.JPG', data: '3' },
      ]),
    );
    expect(opened.paths).toEqual(['A.JPG', 'a (2).jpg', 'a.jpg']);
    expect(opened.codes).toEqual(['unsupported-duplicate', 'unsupported-case']);
    expect(await opened.text('a (2).jpg')).toBe('2');
  });
});

describe('a hostile zip', () => {
  it.each([
    '../../etc/passwd',
    'a/../../b.txt',
    '..\\b.txt',
    '/etc/passwd',
    '\\\\server\\share\\a.txt',
    'C:\\exam\\index.html',
    'c:index.html',
    'a/.. /b.txt',
  ])('D7: %s leads nowhere, the rest is kept', async (name) => {
    const opened = await openArchive(
      makeZip([
        { name, data: 'evil' },
        { name: 'good.txt', data: 'good' },
      ]),
    );
    expect(opened.paths).toEqual(['good.txt']);
    expect(opened.codes).toEqual(['traversal-name']);
    expect(opened.problems[0]?.message).toContain('请');
  });

  it('D7: links are not made', async () => {
    const link = { name: 'link', data: '/etc/passwd', madeBy: 3, externalAttributes: 0o120777 << 16 };
    const opened = await openArchive(makeZip([link, { name: 'good.txt', data: 'good' }]));
    expect(opened.paths).toEqual(['good.txt']);
    expect(opened.codes).toEqual(['link-file']);
  });

  it('D6: locked as a whole is one problem, locked in part loses that part only', async () => {
    const locked = { name: 'a.docx', data: 'a', encrypted: true };
    const whole = await openArchive(makeZip([locked, { ...locked, name: 'b.docx' }]));
    expect(whole.files).toEqual([]);
    expect(whole.problems).toEqual([
      {
        path: '43070001.zip',
        code: 'encrypted-archive',
        message: '“43070001.zip”：压缩包有密码，无法打开：请取消密码后重新压缩上传。',
      },
    ]);
    const part = await openArchive(makeZip([locked, { name: 'b.txt', data: 'b' }]));
    expect(part.paths).toEqual(['b.txt']);
    expect(part.problems).toMatchObject([{ path: 'a.docx', code: 'encrypted-file' }]);
  });

  it('D6: one part of several', async () => {
    const last = makeZip([{ name: 'a.txt', data: 'a' }], { disk: 1 });
    expect((await openArchive(last)).codes).toEqual(['unsupported-volume']);
    const first = Buffer.concat([
      Buffer.from([0x50, 0x4b, 7, 8]),
      makeZip([{ name: 'a', data: 'a' }]).subarray(0, 25),
    ]);
    expect((await openArchive(first, {}, 'a.z01')).codes).toEqual(['unsupported-volume']);
  });

  it('an unknown compression method', async () => {
    const opened = await openArchive(makeZip([{ name: 'a.txt', data: 'a', method: 14 }]));
    expect(opened.codes).toEqual(['unsupported-method']);
  });

  it('D8: an empty file is named', async () => {
    const opened = await openArchive(makeZip([{ name: 'a.docx' }, { name: 'b.txt', data: 'b' }]));
    expect(opened.paths).toEqual(['a.docx', 'b.txt']);
    expect(opened.problems).toMatchObject([{ path: 'a.docx', code: 'empty-file' }]);
  });
});

describe('a damaged zip', () => {
  const whole = makeZip([
    { name: '答案.txt', data: '答案'.repeat(2_000), encoding: 'gbk' },
    {
      name: '图.bin',
      data: Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * i) % 251)),
      encoding: 'gbk',
    },
    { name: '末.txt', data: 'end', encoding: 'gbk' },
  ]);

  it('D10: cut off, keeps the files that are there', async () => {
    const opened = await openArchive(whole.subarray(0, -100));
    expect(opened.codes).toEqual(['truncated-archive']);
    expect(opened.paths).toEqual(['图.bin', '末.txt', '答案.txt'].toSorted());
  });

  it('D10: cut inside a file, keeps its beginning and says so', async () => {
    const opened = await openArchive(whole.subarray(0, 300));
    expect(opened.codes).toEqual(['truncated-archive', 'truncated-file']);
    expect(opened.paths).toEqual(['图.bin', '答案.txt'].toSorted());
    expect(await opened.text('答案.txt')).toBe('答案'.repeat(2_000));
  });

  it('cut off, with sizes that stood behind the data', async () => {
    const streamed = makeZip([
      { name: 'a.txt', data: 'a'.repeat(5_000), descriptor: true },
      { name: 'b.txt', data: 'b'.repeat(5_000), descriptor: true },
    ]);
    const opened = await openArchive(streamed.subarray(0, -100));
    expect(opened.codes).toEqual(['truncated-archive']);
    expect(await opened.text('b.txt')).toBe('b'.repeat(5_000));
  });

  it('one flipped byte is found by the checksum, the file kept', async () => {
    const zip = makeZip([{ name: 'a.txt', data: 'hello', method: 'store' }]);
    zip[36] = 0x58;
    const opened = await openArchive(zip);
    expect(opened.codes).toEqual(['truncated-file']);
    expect(await opened.text('a.txt')).toBe('hXllo');
  });
});
