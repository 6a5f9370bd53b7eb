import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../graders/text/decode.ts';
import { encodeGbk } from '../../../samples/make/gbk.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark: boolean) => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
const meta = (label: string) => `<meta http-equiv="Content-Type" content="text/html; charset=${label}">`;

describe('decodeText', () => {
  it('C6: reads a page with a UTF-8 mark, whatever it declares', () => {
    const page = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8(`${meta('gb2312')}中`)]);
    expect(decodeText(page, { kind: 'html' })).toEqual({
      text: `${meta('gb2312')}中`,
      encoding: 'utf-8',
      declared: 'gb2312',
      bom: true,
      garbled: false,
      certain: true,
    });
  });

  it.each([
    ['with a mark', true, false],
    ['without a mark, which browsers do not guess', false, true],
  ])('C6: reads UTF-16 from Notepad %s', (_, mark, garbled) => {
    const decoded = decodeText(utf16('<p>湘茗茶业</p>', mark), { kind: 'html' });
    expect(decoded).toMatchObject({
      text: '<p>湘茗茶业</p>',
      encoding: 'utf-16le',
      bom: mark,
      garbled,
      certain: true,
    });
  });

  it('reads big-endian UTF-16', () => {
    const bytes = utf16('转化率 3%', true).swap16();
    expect(decodeText(bytes)).toMatchObject({
      text: '转化率 3%',
      encoding: 'utf-16be',
      bom: true,
      garbled: false,
    });
  });

  it('C5: reads a GBK page that declares nothing', () => {
    const decoded = decodeText(encodeGbk('<title>湘茗茶业有限公司</title>'), { kind: 'html' });
    expect(decoded).toMatchObject({ encoding: 'gb18030', declared: null, garbled: false, certain: true });
    expect(decoded.text).toContain('湘茗茶业有限公司');
  });

  it('C5: reads a GBK page that claims UTF-8 and says that a browser shows 乱码', () => {
    const decoded = decodeText(encodeGbk(`${meta('utf-8')}<p>欢迎光临本店</p>`), { kind: 'html' });
    expect(decoded).toMatchObject({ encoding: 'gb18030', declared: 'utf-8', garbled: true, certain: true });
    expect(decoded.text).toContain('欢迎光临本店');
  });

  it('reads a UTF-8 page that claims gb2312 and says that a browser shows 乱码', () => {
    const decoded = decodeText(utf8(`${meta('gb2312')}<p>中文</p>`), { kind: 'html' });
    expect(decoded).toMatchObject({ encoding: 'utf-8', declared: 'gb2312', garbled: true });
    expect(decoded.text).toContain('中文');
  });

  it.each(['gb2312', 'GBK', 'gb18030', 'GB_2312-80'])('takes %s for the GB decoder', (label) => {
    expect(decodeText(encodeGbk(`${meta(label)}碧螺春`), { kind: 'html' })).toMatchObject({
      encoding: 'gb18030',
      declared: label,
      garbled: false,
    });
  });

  it('never calls a pure ASCII page garbled', () => {
    const decoded = decodeText(utf8(`${meta('gb2312')}<p>tea</p>`), { kind: 'html' });
    expect(decoded).toMatchObject({ encoding: 'utf-8', garbled: false, certain: true });
  });

  it('finds a declaration beyond the first 1024 bytes, but none in a comment', () => {
    const late = `<!-- ${meta('utf-8')} ${'x'.repeat(3000)} -->${meta('gb2312')}`;
    expect(decodeText(utf8(late), { kind: 'html' }).declared).toBe('gb2312');
  });

  it.each([
    ['<meta charset=GBK>', 'html', 'GBK'],
    ["<META CHARSET='utf-8'/>", 'html', 'utf-8'],
    ['<?xml version="1.0" encoding="gb2312"?><html>', 'html', 'gb2312'],
    ['@charset "gb2312";\nbody{}', 'css', 'gb2312'],
    ['body{} @charset "gb2312";', 'css', null],
    ['<meta charset=gbk>', 'text', null],
  ] as const)('reads the declaration of %s', (text, kind, declared) => {
    expect(decodeText(utf8(text), { kind }).declared).toBe(declared);
  });

  it('reads 图片 in GBK although the bytes are valid UTF-8', () => {
    const bytes = encodeGbk('图片');
    expect(bytes).toEqual(Buffer.from([0xcd, 0xbc, 0xc6, 0xac]));
    expect(decodeText(bytes)).toMatchObject({ text: '图片', encoding: 'gb18030' });
    expect(decodeText(encodeGbk(`${meta('utf-8')}图片`), { kind: 'html' })).toMatchObject({
      encoding: 'gb18030',
      garbled: true,
    });
  });

  it('lets the declaration decide where both readings are plausible', () => {
    const bytes = utf8('café');
    expect(decodeText(bytes, { declared: 'utf-8' })).toMatchObject({ text: 'café', garbled: false });
    expect(decodeText(bytes, { declared: 'gbk' })).toMatchObject({ text: 'caf茅', garbled: false });
    expect(decodeText(bytes).certain).toBe(false);
  });

  it('reads GBK in a page that Dreamweaver declared Western', () => {
    const decoded = decodeText(encodeGbk(`${meta('iso-8859-1')}<p>推广文案</p>`), { kind: 'html' });
    expect(decoded).toMatchObject({ encoding: 'gb18030', garbled: true });
  });

  it('reads Big5 when declared', () => {
    const bytes = Buffer.concat([utf8(meta('big5')), Buffer.from([0xa7, 0xda, 0xaa, 0xba, 0xae, 0xd1])]);
    expect(decodeText(bytes, { kind: 'html' })).toMatchObject({ encoding: 'big5', garbled: false });
    expect(decodeText(bytes, { kind: 'html' }).text).toContain('我的書');
  });

  it('ignores a label that no browser knows', () => {
    expect(decodeText(encodeGbk(`${meta('gb-2312x')}茶叶`), { kind: 'html' })).toMatchObject({
      encoding: 'gb18030',
      declared: 'gb-2312x',
      garbled: false,
    });
  });

  it.each(['客单价170.06元', '一', '转化率：3.00％', '答：保温杯'])(
    'E15: reads the text answer %s in every encoding',
    (answer) => {
      expect(decodeText(utf8(answer)).text).toBe(answer);
      expect(decodeText(encodeGbk(answer)).text).toBe(answer);
      expect(decodeText(utf16(answer, true)).text).toBe(answer);
    },
  );

  it('gives lossy text, not an error, for damaged bytes', () => {
    const cut = utf8('欢迎光临'.repeat(40)).subarray(0, -1);
    expect(decodeText(cut)).toMatchObject({ encoding: 'utf-8', certain: false, replacement: 1 });
    const binary = Buffer.from([0, 255, 0, 254, 129, 0, 0, 255]);
    expect(decodeText(binary).certain).toBe(false);
    expect(decodeText(new Uint8Array())).toMatchObject({ text: '', certain: true });
  });

  it('tells a stray NUL from UTF-16, and UTF-16 cut in half a character from UTF-8', () => {
    expect(decodeText(utf8(`${'plain text '.repeat(9)}\0.`))).toMatchObject({
      encoding: 'utf-8',
      certain: true,
    });
    const cut = utf16('答案：3.00%', false).subarray(0, -1);
    expect(decodeText(cut)).toMatchObject({ encoding: 'utf-16le', certain: false, replacement: 1 });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('html', 'css', 'text'),
        (bytes, kind) => {
          const decoded = decodeText(bytes, { kind });
          expect(decoded.certain && (decoded.replacement ?? 0) > 0).toBe(false);
        },
      ),
    );
  });
});
