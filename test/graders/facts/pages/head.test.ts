import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../../samples/make/gbk.ts';
import { factsOf, pageOf } from './site.ts';

const meta = async (html: string) => {
  const page = await pageOf(`<html><head>${html}</head><body>x</body></html>`);
  return page.head;
};

describe('keywords and description', () => {
  it.each([
    ['<META NAME="KeyWords" CONTENT="千两茶,茯砖茶">', 'name'],
    ["<meta name='keywords' content='千两茶,茯砖茶'>", 'name'],
    ['<meta name=keywords content=千两茶,茯砖茶>', 'name'],
    ['<meta name="Keyword" content="千两茶,茯砖茶">', 'singular'],
    ['<meta http-equiv="keywords" content="千两茶,茯砖茶">', 'http-equiv'],
    ['<meta keywords="千两茶,茯砖茶">', 'attribute'],
  ])('C1, C2: reads %s', async (html, form) => {
    expect((await meta(html)).keywords).toMatchObject({ form, list: ['千两茶', '茯砖茶'] });
  });

  it('C2: reads a description given by http-equiv', async () => {
    const { description } = await meta('<meta http-equiv="description" content="正品黑茶">');
    expect(description).toMatchObject({ form: 'http-equiv', text: '正品黑茶' });
  });

  it.each(['a,b,c', 'a，b、c', 'a;b；c', 'a|b|c', 'a b c', 'a, b, c,', 'a,b,b,c', 'a　b c'])(
    'C3: splits %j',
    async (text) => {
      expect((await meta(`<meta name="keywords" content="${text}">`)).keywords?.list).toEqual([
        'a',
        'b',
        'c',
      ]);
    },
  );

  it('C3: keeps a keyword with a blank where another separator stands', async () => {
    const { keywords } = await meta('<meta name="keywords" content="iPhone 壳,手机壳">');
    expect(keywords?.list).toEqual(['iPhone 壳', '手机壳']);
  });

  it('prefers the filled meta to an empty one an editor left behind', async () => {
    const { keywords } = await meta('<meta name="keywords" content=""><meta name="keywords" content="a,b">');
    expect(keywords?.list).toEqual(['a', 'b']);
  });

  it('C4: reads a meta in the body and the first of two titles', async () => {
    const page = await pageOf(
      '<html><head><title>一</title><title>二</title></head><body><p>x</p><meta name="keywords" content="a,b"></body></html>',
    );
    expect(page.head.title).toMatchObject({ text: '一', count: 2 });
    expect(page.head.keywords).toMatchObject({ form: 'in-body', list: ['a', 'b'] });
  });

  it('C18: does not read what is commented out', async () => {
    const { title, keywords } = await meta('<!-- <title>一</title><meta name="keywords" content="a"> -->');
    expect([title, keywords]).toEqual([null, null]);
  });

  it('says where it stands', async () => {
    const page = await pageOf('<html>\r\n<head>\r\n  <title>茶</title></head></html>');
    expect(page.head.title?.span).toEqual({
      path: 'index.html',
      line: 3,
      column: 3,
      source: '<title>茶</title>',
    });
  });
});

describe('encoding', () => {
  const html = (charset: string): string =>
    `<html><head>${charset}<title>湘茗茶业-安化黑茶专卖</title></head><body>新店开张</body></html>`;

  it('C5: reads GBK without a declaration', async () => {
    const page = await pageOf({ 'index.html': encodeGbk(html('')) });
    expect(page.title).toBe('湘茗茶业-安化黑茶专卖');
    expect(page.encoding).toEqual({ declared: null, actual: 'gb18030', garbled: false });
  });

  it('C5: reads GBK that says it is UTF-8, and reports 乱码', async () => {
    const page = await pageOf({ 'index.html': encodeGbk(html('<meta charset="utf-8">')) });
    expect(page.title).toBe('湘茗茶业-安化黑茶专卖');
    expect(page.encoding).toEqual({ declared: 'utf-8', actual: 'gb18030', garbled: true });
  });

  it('C5: gb2312 is what it says it is', async () => {
    const declared = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />';
    const page = await pageOf({ 'index.html': encodeGbk(html(declared)) });
    expect(page).toMatchObject({ text: '新店开张', encoding: { declared: 'gb2312', garbled: false } });
  });

  it('C6: reads UTF-8 with a mark and UTF-16 from Notepad', async () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(html(''), 'utf16le')]);
    for (const content of [`\uFEFF${html('')}`, wide]) {
      const page = await pageOf({ 'index.html': content });
      expect(page.title).toBe('湘茗茶业-安化黑茶专卖');
    }
  });

  it('reads a style sheet in GBK beside a page in UTF-8', async () => {
    const page = await pageOf({
      'index.html': '<link rel="stylesheet" href="a.css"><p>x',
      'a.css': encodeGbk('/* 样式表 */ p { background: url(图片/背景.jpg) }'),
      '图片/背景.jpg': 'picture',
    });
    expect(page.references.map(({ file }) => file)).toEqual(['a.css', '图片/背景.jpg']);
  });
});

describe('what is a page', () => {
  it('C7: index.htm, Index.html, index.html.html and index.html.txt', async () => {
    const names = ['index.htm', 'Index.html', 'index.html.html', 'index.html.txt'];
    const facts = await factsOf(Object.fromEntries(names.map((name) => [`${name}/${name}`, '<html><p>x'])));
    expect(facts.pages).toHaveLength(4);
  });

  it('knows a page by its content, but takes no template or text for one', async () => {
    const facts = await factsOf({
      首页: '<!DOCTYPE html><html><body>x',
      'Templates/a.dwt': '<html><p>x',
      '说明.txt': '把 <b>index.html</b> 放在根目录',
    });
    expect(facts.pages.map(({ path }) => path)).toEqual(['首页']);
  });

  it('C27: text is free of &nbsp; and wide blanks, scripts, styles and comments', async () => {
    const page = await pageOf(
      '<style>p{}</style><p>新&nbsp;店　开张</p><script>var a="x";</script><!-- 注释 --><p>全场',
    );
    expect(page.text).toBe('新 店 开张 全场');
  });
});
