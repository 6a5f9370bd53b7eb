import { describe, expect, it } from 'vitest';
import { type Files, factsOf, pageOf, pictures } from './site.ts';

const resolve = async (target: string, others: Files = pictures('images/banner.jpg')) => {
  const page = await pageOf({ 'index.html': `<p>x<img src="${target}">`, ...others });
  return page.references.map(({ file, state }) => [state, file]);
};

describe('references as Windows resolves them', () => {
  it.each([
    ['images/banner.jpg', 'ok'],
    ['./images/banner.jpg', 'ok'],
    ['images/banner.jpg?v=1', 'ok'],
    ['images/banner.jpg#a', 'ok'],
    ['x/../images/banner.jpg', 'ok-on-windows'],
    ['Images/Banner.JPG', 'ok-on-windows'],
    ['images\\banner.jpg', 'ok-on-windows'],
    ['images/banner.jpg ', 'ok'],
    ['images/banner.jpg. ', 'ok-on-windows'],
  ])('C8: %j is %s', async (target, state) => {
    expect(await resolve(target)).toEqual([[state, 'images/banner.jpg']]);
  });

  it('C8: decodes percent signs of UTF-8 and of GBK, and takes a literal name too', async () => {
    expect(await resolve('%E5%9B%BE/a%20b.jpg', pictures('图/a b.jpg'))).toEqual([['ok', '图/a b.jpg']]);
    expect(await resolve('%CD%BC%C6%AC/a.jpg', pictures('图片/a.jpg'))).toEqual([['ok', '图片/a.jpg']]);
    expect(await resolve('a%20b.jpg', pictures('a%20b.jpg'))).toEqual([['ok', 'a%20b.jpg']]);
  });

  it.each([
    'file:///C:/Users/x/images/banner.jpg',
    'D:\\exam\\images\\banner.jpg',
    'file:///D|/exam/banner.jpg',
    '/images/banner.jpg',
  ])('C9: finds the file that %s means', async (target) => {
    expect(await resolve(target)).toEqual([['absolute-path', 'images/banner.jpg']]);
  });

  it('C9: of two files with that name the one in the same folder is meant; without one nobody knows', async () => {
    const two = pictures('images/a.jpg', 'old/a.jpg');
    expect(await resolve('file:///C:/x/images/a.jpg', two)).toEqual([['absolute-path', 'images/a.jpg']]);
    expect(await resolve('file:///C:/x/a.jpg', two)).toEqual([['missing', null]]);
  });

  it('C10: an absolute path to a file that was not handed in is missing', async () => {
    expect(await resolve('file:///C:/x/images/other.jpg')).toEqual([['missing', null]]);
  });

  it('follows <base href> and leaves the submission nowhere', async () => {
    const page = await pageOf({
      'index.html': '<head><base href="images/"></head><img src="a.jpg"><img src="../../a.jpg">',
      ...pictures('images/a.jpg'),
    });
    expect(page.references.map(({ file }) => file)).toEqual(['images/a.jpg', null]);
  });

  it('counts links by where they lead', async () => {
    const links = [
      'a.html',
      'b.html',
      'http://x.cn/',
      '#',
      '#top',
      'mailto:a@b.cn',
      'javascript:;',
      'D:\\a.html',
      '',
    ];
    const page = await pageOf({
      'index.html': links.map((href) => `<a href="${href}">x</a>`).join(''),
      'a.html': '<p>x',
    });
    expect(page.elements.links).toEqual({ internal: 2, broken: 2, external: 2, empty: 2 });
  });

  it('counts broken pictures, and media once though it is written twice', async () => {
    const page = await pageOf({
      'index.html':
        '<img src="a.jpg"><img src="b.jpg"><img src=""><object><param name="movie" value="f.swf"><embed src="f.swf"></object><bgsound src="m.mid">',
      ...pictures('a.jpg', 'f.swf'),
    });
    expect(page.elements).toMatchObject({ images: 3, brokenImages: 2, media: 2 });
  });
});

describe('what a page uses', () => {
  const used = async (files: Files) => {
    const facts = await factsOf(files);
    return Object.fromEntries(facts.files.map(({ path, used: state }) => [path, state]));
  };

  it('C11: reaches files through markup, style sheets, imports, scripts and Flash variables', async () => {
    const states = await used({
      'index.html': `<link rel=stylesheet href="css/a.css"><script src="js/a.js"></script>
        <body background="bg.jpg" onload="MM_preloadImages('images/btn_b.jpg')">
        <div style="background:url('inline.jpg')">x</div>
        <embed src="bcastr.swf?pics=p1.jpg|p2.jpg"><a href="sub.html">x</a><iframe src="frame.html"></iframe>`,
      'css/a.css': '@import "b.css"; p { background: url(../images/css.jpg) }',
      'css/b.css': 'b { background: url("../images/import.jpg") }',
      'js/a.js':
        'var a = "images/js.jpg"; // "images/comment.jpg"\n document.write("<img src=images/written.jpg>");',
      'sub.html': '<img src="images/sub.jpg">',
      'frame.html': '<img src="images/frame.jpg">',
      ...pictures(
        'bg.jpg',
        'images/btn_b.jpg',
        'inline.jpg',
        'bcastr.swf',
        'p1.jpg',
        'p2.jpg',
        'images/css.jpg',
      ),
      ...pictures(
        'images/import.jpg',
        'images/js.jpg',
        'images/written.jpg',
        'images/sub.jpg',
        'images/frame.jpg',
      ),
      ...pictures('images/comment.jpg', 'unused.jpg'),
    });
    const unused = Object.keys(states).filter((path) => states[path] !== 'yes');
    expect(unused).toEqual(['images/comment.jpg', 'unused.jpg']);
  });

  it('C11: a name that a script builds makes the files it fits maybe used', async () => {
    const states = await used({
      'index.html': `<img id=a><script>document.getElementById("a").src = "images/ad" + (i + 1) + ".jpg"; b = \`pic/\${n}.png\`</script>`,
      ...pictures('images/ad1.jpg', 'images/ad2.jpg', 'images/other.jpg', 'pic/1.png', 'pic/1.jpg'),
    });
    expect(states).toEqual({
      'index.html': 'yes',
      'images/ad1.jpg': 'maybe',
      'images/ad2.jpg': 'maybe',
      'images/other.jpg': 'no',
      'pic/1.png': 'maybe',
      'pic/1.jpg': 'no',
    });
  });

  it('what only an unreachable page uses is unused; a page in comments is not reached', async () => {
    const states = await used({
      'index.html': '<p>x<!-- <a href="old.html">x</a> -->',
      'old.html': '<img src="old.jpg">',
      ...pictures('old.jpg'),
    });
    expect(states).toEqual({ 'index.html': 'yes', 'old.html': 'no', 'old.jpg': 'no' });
  });

  it('without an index every page is an entry; without a page nothing can be said', async () => {
    expect(await used({ 'a.html': '<img src=a.jpg>', 'b.html': 'x', ...pictures('a.jpg') })).toEqual({
      'a.html': 'yes',
      'b.html': 'yes',
      'a.jpg': 'yes',
    });
    expect(await used(pictures('a.jpg'))).toEqual({ 'a.jpg': null });
  });

  it('C24: the folder of a page that Word saved is not litter', async () => {
    const states = await used({ 'index.html': '<p>x', ...pictures('index.files/image001.jpg') });
    expect(states['index.files/image001.jpg']).toBe('maybe');
  });

  it('C19, C20: frames are followed and a missing one is broken', async () => {
    const page = await pageOf({
      'index.html': '<frameset cols="20%,*"><frame src="left.html"><frame src="main.html"></frameset>',
      'main.html': '<p>x',
    });
    expect(page.layout).toMatchObject({ frameset: true, iframe: false });
    expect(page.references.map(({ kind, state }) => [kind, state])).toEqual([
      ['frame', 'missing'],
      ['frame', 'ok'],
    ]);
  });
});
