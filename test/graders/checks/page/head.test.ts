import { describe, expect, it } from 'vitest';
import { encodeGbk } from '../../../../samples/make/gbk.ts';
import { judge } from './bench.ts';

const head = (html: string): string => `<html><head>${html}</head><body>x</body></html>`;

describe('page-title', () => {
  const title = '湘茗茶业-安化黑茶专卖';
  const judged = (html: string) => judge('page-title', { title }, head(html));

  it.each([
    '湘茗茶业-安化黑茶专卖',
    ' 湘茗茶业 - 安化黑茶专卖 ',
    '湘茗茶业－安化黑茶专卖',
    '湘茗茶业—安化黑茶专卖',
    '湘茗茶业&nbsp;-　安化黑茶专卖',
  ])('C27: %j is right', async (text) => {
    expect(await judged(`<title>${text}</title>`)).toMatchObject({
      outcome: 'pass',
      share: '1',
      review: false,
    });
  });

  it('C4: the first of two titles counts', async () => {
    expect(await judged(`<title>${title}</title><title>x</title>`)).toMatchObject({
      outcome: 'pass',
      reason: { code: 'first-of-several' },
    });
    expect(await judged(`<title>x</title><title>${title}</title>`)).toMatchObject({ outcome: 'fail' });
  });

  it('more than was asked and a slip are half, for a human to confirm; another is nothing', async () => {
    expect(await judged(`<title>欢迎光临${title}</title>`)).toMatchObject({ share: '1/2', review: true });
    expect(await judged('<title>湘铭茶业-安化黑茶专卖</title>')).toMatchObject({
      share: '1/2',
      review: true,
    });
    const other = await judged('<title>无标题文档</title>');
    expect(other).toMatchObject({
      outcome: 'fail',
      evidence: [{ kind: 'dom-span', path: 'index.html', line: 1 }],
    });
    expect(other.evidence[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('no title is a complete search that found nothing', async () => {
    expect(await judged('')).toMatchObject({
      outcome: 'fail',
      evidence: [{ kind: 'absent', searched: ['index.html'] }],
    });
  });

  it('C5: a page in GBK that says UTF-8 is read all the same', async () => {
    const page = encodeGbk(head(`<meta charset=utf-8><title>${title}</title>`));
    expect(await judge('page-title', { title }, { 'index.html': page })).toMatchObject({ outcome: 'pass' });
  });

  it('C7: a page under a double extension is the page', async () => {
    const page = head(`<title>${title}</title>`);
    for (const name of ['Index.html', 'index.htm', 'index.html.html', 'index.html.txt']) {
      expect(await judge('page-title', { title }, { [name]: page }), name).toMatchObject({ outcome: 'pass' });
    }
  });

  it('no page, an empty page and a page that is a bomb are told apart', async () => {
    expect(await judge('page-title', { title }, { 'a.jpg': 'x' })).toMatchObject({
      outcome: 'fail',
      reason: { code: 'no-page' },
    });
    expect(await judge('page-title', { title }, { 'index.html': '' })).toMatchObject({
      reason: { code: 'empty-page' },
    });
    const bomb = await judge('page-title', { title }, { 'index.html': '<div>'.repeat(100_000) });
    expect(bomb).toMatchObject({ outcome: 'unknown', share: null, reason: { code: 'unreadable-page' } });
    expect(bomb.zh).toContain('嵌套');
  });
});

describe('page-keywords', () => {
  const keywords = ['安化黑茶', '千两茶', '茯砖茶', '湘茗茶业'];
  const judged = (html: string) => judge('page-keywords', { keywords }, head(html));
  const meta = (content: string): string => `<meta name="keywords" content="${content}">`;

  it.each([
    '安化黑茶,千两茶,茯砖茶,湘茗茶业',
    '安化黑茶 千两茶 茯砖茶 湘茗茶业',
    '安化黑茶、千两茶、茯砖茶、湘茗茶业',
    '湘茗茶业；茯砖茶;千两茶|安化黑茶,',
    '安化黑茶，千两茶，茯砖茶，湘茗茶业，黑茶',
  ])('C3: %j is full', async (content) => {
    expect(await judged(meta(content))).toMatchObject({ outcome: 'pass', share: '1', review: false });
  });

  it('one keyword missing costs its quarter', async () => {
    const said = await judged(meta('安化黑茶,千两茶,茯砖茶'));
    expect(said).toMatchObject({ outcome: 'partial', share: '3/4' });
    expect(said.zh).toContain('湘茗茶业');
  });

  it('C1: singular costs nothing; C2: http-equiv is half; C4: in the body costs nothing', async () => {
    const content = keywords.join(',');
    expect(await judged(`<META NAME=KeyWord CONTENT=${content}>`)).toMatchObject({
      share: '1',
      reason: { code: 'all-tolerated' },
    });
    expect(await judged(`<meta http-equiv="keywords" content="${content}">`)).toMatchObject({
      share: '4/8',
      reason: { code: 'invalid-form' },
    });
    const inBody = `<p>x<meta name=keywords content="${content}">`;
    expect(await judge('page-keywords', { keywords }, inBody)).toMatchObject({
      share: '1',
      reason: { code: 'all-tolerated' },
    });
  });

  it('keywords in the description are no keywords', async () => {
    const said = await judged(`<meta name="description" content="${keywords.join(',')}">`);
    expect(said).toMatchObject({ outcome: 'fail', share: '0', reason: { code: 'in-description' } });
  });

  it('three times as many words as asked are for a human to see', async () => {
    expect(await judged(meta([...keywords, 'a', 'b', 'c', 'd', 'e'].join(',')))).toMatchObject({
      outcome: 'pass',
      review: true,
    });
  });

  it('C18: keywords in a comment are none', async () => {
    expect(await judged(`<!-- ${meta(keywords.join(','))} -->`)).toMatchObject({
      outcome: 'fail',
      evidence: [{ kind: 'absent' }],
    });
  });
});

describe('page-description', () => {
  const description = '湘茗茶业专注安化黑茶二十年，提供千两茶、茯砖茶、天尖茶等正品黑茶，全国包邮。';
  const judged = (content: string, name = 'name') =>
    judge('page-description', { description }, head(`<meta ${name}="description" content="${content}">`));

  it.each([
    description,
    description.replaceAll('，', ','),
    description.replaceAll('、', '，'),
    description.slice(0, -1),
    `${description.slice(0, 9)}　${description.slice(9)}`,
  ])('tolerates marks and blanks: %j', async (content) => {
    expect(await judged(content)).toMatchObject({ outcome: 'pass', share: '1', review: false });
  });

  it('more than was asked is full with a note, a slip is half', async () => {
    expect(await judged(`欢迎！${description}`)).toMatchObject({ share: '1', reason: { code: 'contains' } });
    expect(await judged(description.replace('二十', '20').replace('全国', '全球'))).toMatchObject({
      share: '1/2',
      review: true,
    });
  });

  it('keywords in its place are 0, and so is nothing', async () => {
    expect(await judged('安化黑茶,千两茶,茯砖茶,湘茗茶业')).toMatchObject({ outcome: 'fail', share: '0' });
    expect(await judge('page-description', { description }, head(''))).toMatchObject({
      evidence: [{ kind: 'absent' }],
    });
  });

  it('C2: http-equiv is half', async () => {
    expect(await judged(description, 'http-equiv')).toMatchObject({
      share: '1/2',
      reason: { code: 'invalid-form' },
    });
  });
});
