import { describe, expect, it } from 'vitest';
import { images, judge } from './bench.ts';

const three = (width: string): string =>
  `<table ${width}><tr><td><img src=images/banner.jpg></td></tr><tr><td>内容</td></tr><tr><td>版权</td></tr></table>`;

describe('layout-table', () => {
  const judged = (html: string) => judge('layout-table', { rows: 3 }, html);

  it('three rows, or three tables below each other', async () => {
    expect(await judged(three(''))).toMatchObject({ outcome: 'pass', review: false });
    const row = '<table><tr><td><img src=images/banner.jpg></td></tr></table>';
    expect(await judged(row.repeat(3))).toMatchObject({ outcome: 'pass', reason: { code: 'stacked' } });
  });

  it('C21: the product table does not lay out the page', async () => {
    const data = '<table><tr><th>名称<th>价格<tr><td>a<td>1<tr><td>b<td>2</table>';
    expect(await judged(data)).toMatchObject({ outcome: 'fail', evidence: [{ kind: 'absent' }] });
    const nested = `<table><tr><td><img src=images/banner.jpg><tr><td>${data}<tr><td>版权</table>`;
    expect(await judged(nested)).toMatchObject({ outcome: 'pass' });
  });

  it('more rows pass for a human to confirm, fewer are half', async () => {
    expect(await judged(three('').replace('</table>', '<tr><td>x</td></tr></table>'))).toMatchObject({
      share: '1',
      review: true,
    });
    expect(await judged('<table><tr><td>a</td></tr><tr><td>b</td></tr></table>')).toMatchObject({
      share: '1/2',
    });
  });
});

describe('page-width', () => {
  const judged = (html: string) => judge('page-width', { width: 1000 }, html);

  it.each([
    three('width=1000'),
    three('width="1000px"'),
    three('style="width: 1000px"'),
    `<style>#t { width: 1000px }</style>${three('id=t')}`,
    `<style>#w { width: 1000px; margin: 0 auto }</style><div id=w>${three('width="100%"')}</div>`,
    three('').replace('<td>', '<td width=1000>'),
    `<style>body{width:1000px}</style>${three('')}`,
  ])('%s', async (html) => {
    expect(await judged(html)).toMatchObject({ outcome: 'pass' });
  });

  it('another width is 0, 100 % too; none is absent; em is for a human', async () => {
    const other = await judged(three('width="980"'));
    expect(other).toMatchObject({
      outcome: 'fail',
      reason: { values: { found: '980' } },
      evidence: [{ kind: 'dom-span' }],
    });
    expect(await judged(three('width="100%"'))).toMatchObject({ outcome: 'fail' });
    expect(await judged(three(''))).toMatchObject({ outcome: 'fail', evidence: [{ kind: 'absent' }] });
    expect(await judged(three('style="width:62.5em"'))).toMatchObject({ outcome: 'unknown' });
  });
});

describe('data-table', () => {
  const rows = [
    ['千两茶饼', '198'],
    ['茯砖茶', '88'],
    ['天尖礼盒', '268'],
  ];
  const judged = (html: string) => judge('data-table', { rows }, html);
  const table = (...lines: string[][]): string =>
    `<table>${lines.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

  it.each([
    table(['产品', '价格'], ['千两茶饼', '198'], ['茯砖茶', '88'], ['天尖礼盒', '268']),
    table(['天尖礼盒', '¥268.00'], ['茯砖茶', '88元'], ['千两茶饼', '￥１９８']),
    table(['千两茶饼', '茯砖茶', '天尖礼盒'], ['198', '88', '268']),
    table(['<img src=images/tea1.jpg>千两茶饼 198元', '茯砖茶：88元', '天尖礼盒&nbsp;268元']),
    `<table><tr><td>${table(['千两茶饼', '198'], ['茯砖茶', '88'], ['天尖礼盒', '268'])}</td></tr></table>`,
  ])('C21: %s', async (html) => {
    expect(await judged(html)).toMatchObject({ outcome: 'pass' });
  });

  it('each row counts the same', async () => {
    const said = await judged(table(['千两茶饼', '198'], ['茯砖茶', '98'], ['天尖礼盒', '268']));
    expect(said).toMatchObject({ share: '2/3', reason: { values: { missing: '茯砖茶 88' } } });
  });

  it('data outside a table are for a human; none is 0', async () => {
    expect(await judged('<p>千两茶饼 198 茯砖茶 88 天尖礼盒 268')).toMatchObject({ outcome: 'unknown' });
    expect(await judged('<p>x')).toMatchObject({ outcome: 'fail' });
  });
});

describe('page-images', () => {
  const judged = (html: string, work = images) =>
    judge('page-images', { pictures: ['banner', 'tea1'] }, { 'index.html': html, ...work });

  it.each([
    '<img src="images/banner.jpg"><img src="images/tea1.jpg" width="30">',
    '<body background="Images\\Banner.JPG"><img src="images/tea1.jpg?v=1">',
    '<style>p { background: url(images/banner.jpg) }</style><p>x<input type=image src=images/tea1.jpg>',
  ])('C8: %s', async (html) => {
    expect(await judged(html)).toMatchObject({ outcome: 'pass', share: '1', review: false });
  });

  it('C9: a path of the own machine counts when the file was handed in', async () => {
    const html = '<img src="file:///C:/exam/images/banner.jpg"><img src="D:\\exam\\images\\tea1.jpg">';
    expect(await judged(html)).toMatchObject({ outcome: 'pass' });
  });

  it('C10: and does not when it was not', async () => {
    const { 'images/tea1.jpg': _, ...without } = images;
    const html = '<img src="images/banner.jpg"><img src="file:///C:/exam/images/tea1.jpg">';
    expect(await judged(html, without)).toMatchObject({ outcome: 'partial', share: '1/2' });
  });

  it('C18: a link to a picture and a comment do not insert it', async () => {
    const html = '<a href="images/banner.jpg">x</a><!-- <img src="images/tea1.jpg"> -->';
    expect(await judged(html)).toMatchObject({ outcome: 'fail', share: '0' });
  });

  it('C19: pictures in frames are on the page', async () => {
    const frame = '<img src="images/banner.jpg"><img src="images/tea1.jpg">';
    const html = '<frameset rows="*"><frame src="main.html"></frameset>';
    expect(await judged(html, { ...images, 'main.html': frame })).toMatchObject({ outcome: 'pass' });
  });
});

describe('page-link', () => {
  const judged = (html: string, more = {}) =>
    judge('page-link', { href: 'http://www.example.com/', ...more }, html);

  it.each([
    'http://www.example.com/',
    'http://www.example.com',
    'https://WWW.example.com/',
    ' http://www.example.com/ ',
  ])('C28: %j is right', async (href) => {
    expect(await judged(`<a href="${href}">x</a>`)).toMatchObject({ outcome: 'pass', review: false });
  });

  it('C28: without http:// it is half', async () => {
    expect(await judged('<a href="www.example.com">x</a>')).toMatchObject({
      outcome: 'partial',
      share: '1/2',
    });
  });

  it('another address is 0; one that a script opens is confirmed', async () => {
    expect(await judged('<a href="http://www.example.cn/">x</a><a href="#">y</a>')).toMatchObject({
      outcome: 'fail',
    });
    expect(await judged(`<a href="#" onclick="window.open('http://www.example.com/')">x</a>`)).toMatchObject({
      share: '1',
      review: true,
    });
  });

  it('may ask for the words of the link', async () => {
    const html = '<a href="http://www.example.com/"><b>在线</b>购买</a>';
    expect(await judged(html, { text: '在线购买' })).toMatchObject({ outcome: 'pass', review: false });
    expect(await judged(html, { text: '联系我们' })).toMatchObject({
      reason: { code: 'other-words' },
      review: true,
    });
  });
});
