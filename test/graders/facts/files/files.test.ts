import { writePsdBuffer } from 'ag-psd';
import bmp from 'bmp-js';
import { describe, expect, it } from 'vitest';
import { fileFacts } from '../../../../graders/facts/files/files.ts';
import { fileFactSchema } from '../../../../graders/facts/schema.ts';
import { scene, workFolder } from '../images/pictures.ts';

const folder = workFolder();

async function fact(path: string, bytes: Uint8Array | string) {
  const [only] = fileFacts([await folder.put(path, bytes)]);
  return fileFactSchema.parse(only);
}

const jpeg = await scene(20, 20).jpeg().toBuffer();
const png = await scene(20, 20).png().toBuffer();
const gif = await scene(20, 20).gif().toBuffer();
const webp = await scene(20, 20).webp().toBuffer();
/** Larger than what is read of a file, with its directory behind the pixels. */
const tiff = await scene(200, 200).tiff({ compression: 'none' }).toBuffer();
const bitmap = bmp.encode({ width: 4, height: 4, data: Buffer.alloc(64) }).data;

describe('mime by magic bytes', () => {
  it.each([
    ['logo.jpg', jpeg, 'image/jpeg'],
    ['logo.png', png, 'image/png'],
    ['logo.gif', gif, 'image/gif'],
    ['logo.webp', webp, 'image/webp'],
    ['logo.bmp', bitmap, 'image/bmp'],
    ['logo.tif', tiff, 'image/tiff'],
    ['logo.psd', writePsdBuffer({ width: 8, height: 8 }), 'image/vnd.adobe.photoshop'],
    ['film.swf', 'CWS\x06\x20\0\0\0x', 'application/x-shockwave-flash'],
    ['报告.pdf', '%PDF-1.7\n%', 'application/pdf'],
    ['答案.rtf', '{\\rtf1\\ansi}', 'application/rtf'],
  ])('%s', async (path, bytes, mime) => {
    expect(await fact(path, bytes)).toMatchObject({ mime, extensionMatches: true });
  });

  it('knows an OOXML document whose parts are not listed first by its extension', async () => {
    const zip = Buffer.from('PK\x03\x04\x14\0\0\0\0\0'.padEnd(30, '\0'), 'latin1');
    expect((await fact('报表.xlsx', zip)).mime).toContain('spreadsheetml');
  });

  it('null when nothing fits, and for an empty file', async () => {
    expect(await fact('logo.jpg', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]))).toMatchObject({
      mime: null,
      extensionMatches: false,
    });
    expect((await fact('a.txt', '')).mime).toBeNull();
  });
});

describe('text by content and extension', () => {
  const page = '<!-- 首页 -->\n<!DOCTYPE html><html><body>湘茗茶业</body></html>';
  it.each([
    ['index.html', page, 'text/html', true],
    ['index.htm', page, 'text/html', true],
    ['index.html.txt', page, 'text/html', false],
    ['index.html', Buffer.from(`\ufeff${page}`, 'utf16le'), 'text/html', true],
    ['index.html', Buffer.from(page, 'utf16le'), 'text/html', true],
    ['index.html', Buffer.from([0x3c, 0x68, 0x74, 0x6d, 0x6c, 0x3e, 0xcf, 0xe6]), 'text/html', true],
    ['css/style.css', 'body{margin:0}', 'text/css', true],
    ['js/menu.js', 'var a = "<html>";', 'text/javascript', true],
    ['data.csv', '访客数,6200', 'text/csv', true],
    ['答案.txt', '转化率 3.00%', 'text/plain', true],
    ['answers.json', '{"a":1}', 'application/json', true],
    ['logo.jpg', '这不是图片', 'text/plain', false],
    ['logo.svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml', true],
    ['说明.txt', 'BM 是位图的开头，这里只是一段普通的文字。', 'text/plain', true],
  ])('%s', async (path, bytes, mime, extensionMatches) => {
    expect(await fact(path, bytes)).toMatchObject({ mime, extensionMatches });
  });
});

describe('extension families', () => {
  it('B3: .JPG .jpeg .jpe carry a JPEG as well as .jpg', async () => {
    for (const name of ['a.jpg', 'a.JPG', 'a.jpeg', 'a.jpe', 'a.JPG ']) {
      expect((await fact(name, jpeg)).extensionMatches, name).toBe(true);
    }
  });
  it('B2: a wrong extension is seen both ways', async () => {
    expect((await fact('banner.png', jpeg)).extensionMatches).toBe(false);
    expect((await fact('logo.jpg', bitmap)).extensionMatches).toBe(false);
  });
});

describe('fileFacts', () => {
  it('passes junk through and fills `used` only where the pages said something', async () => {
    const one = await folder.put('a.jpg', jpeg);
    const two = { ...(await folder.put('Thumbs.db', 'x')), junk: 'os' as const };
    expect(fileFacts([one, two]).map((f) => [f.junk, f.used])).toEqual([
      [null, null],
      ['os', null],
    ]);
    const used = fileFacts([one, two], new Map([['a.jpg', 'no']]));
    expect(used.map((f) => f.used)).toEqual(['no', null]);
  });
});
