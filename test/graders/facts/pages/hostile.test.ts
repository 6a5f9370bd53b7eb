import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markupBomb } from '../../../../graders/facts/pages/bomb.ts';
import { tokenizeScript } from '../../../../graders/facts/pages/script.ts';
import { pageFactSchema } from '../../../../graders/facts/schema.ts';
import { encodeGbk } from '../../../../samples/make/gbk.ts';
import { dreamweaverScript, factsOf } from './site.ts';

const seed = `<!DOCTYPE html><html><head><meta charset="gb2312"><title>湘茗茶业</title>
<META NAME="keywords" CONTENT='安化黑茶、千两茶'><base href="./"><link rel=stylesheet href="a.css">
<style>@import "b.css"; a:hover { background: url("b.jpg") } #t { width: 1000px; position: fixed }</style>
${dreamweaverScript}</head><body onload="MM_preloadImages('b.jpg')"><!-- <b> --><table id=t><tr><td>
<marquee direction=left>新店开张</marquee><img src="%CD%BC.jpg?v=1" onmouseover="this.src='b.jpg'">
<script>var a = /[/]"/g, b = "x\\"" + 'images/' + i + \`.jpg\${c}\`; setInterval("f()", 30); function f() { t.style.left = -i + "px" }</script>
</td></tr></table><frameset><frame src="C:\\a.html"></frameset></body></html>`;

/** Random damage: bytes replaced, pieces cut out, doubled or moved. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(60),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom(
          '<',
          '>',
          '"',
          "'",
          '<!--',
          '</',
          '{',
          '}',
          '(',
          '/*',
          '\\',
          '`',
          '\0',
          '<svg>',
          '</table>',
        )
        .map(Buffer.from),
    ),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('hostile pages', () => {
  it.each([
    ['utf-8', Buffer.from(seed)],
    ['GBK', encodeGbk(seed)],
  ] as const)('no damage to a page in %s breaks the reading', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(damage, async (wounds) => {
        let page: Buffer = bytes;
        for (const { at, cut, put } of wounds) {
          const start = Math.floor(at * page.length);
          page = Buffer.concat([page.subarray(0, start), Buffer.from(put), page.subarray(start + cut)]);
        }
        const facts = await factsOf({ 'index.html': page, 'a.css': page, 'b.jpg': 'x' });
        for (const fact of facts.pages) pageFactSchema.parse(fact);
        expect(facts.problems.filter(({ code }) => code === 'unsupported-page')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  const many = 100_000;

  it.each([
    ['nested 100,000 deep', '<div>'.repeat(many), 'depth'],
    ['nested in a drawing', `<svg>${'<g>'.repeat(many)}`, 'depth'],
    ['hidden from a simple scan', `<select><iframe></select>${'<div>'.repeat(many)}`, 'depth'],
    ['with 100,000 attributes', `<body ${'a b=c '.repeat(many)}>`, 'attributes'],
    ['with formatting that is cloned', `${'<b x>'.repeat(500)}${'<p>x'.repeat(many)}`, 'clones'],
  ])('a page %s is a problem, not a crash', async (_, html, kind) => {
    expect(markupBomb(html)).toBe(kind);
    const facts = await factsOf({ 'index.html': html });
    expect(facts).toMatchObject({ pages: [], problems: [{ path: 'index.html', code: 'page-bomb' }] });
  });

  it('does not take long or careless pages for bombs', () => {
    const row = '<tr><td><font color=red>千两茶饼<td><b>198</b>';
    expect(markupBomb(`<table>${row.repeat(5000)}`)).not.toBe('depth');
    expect(markupBomb(`<ul>${'<li><p>x'.repeat(20_000)}`)).toBeNull();
    expect(
      markupBomb(`<script>${'"<div>"'.repeat(20_000)}</script><!-- ${'<div>'.repeat(20_000)} -->`),
    ).toBeNull();
    expect(markupBomb(`${'<div>'.repeat(200)}${'<p>x</p>'.repeat(5000)}`)).toBeNull();
  });

  it.each([
    ['comments', '<p>x<!-- '.repeat(many)],
    ['style blocks', `<style>${'a{b:c;'.repeat(many)}`],
    ['media queries', `<style>${'@media x{'.repeat(many)}`],
    ['brackets in styles', `<style>a{b:${'('.repeat(many)}`],
    ['functions', `<script>${'function a(){'.repeat(20_000)}</script>`],
    ['slashes', `<script>${'a=/['.repeat(many)}</script>`],
    ['open calls', `<script>${'x.hover('.repeat(20_000)}</script>`],
    [
      'timers',
      `<script>${'setInterval(f,1);'.repeat(20_000)}function f(){${'x.style.left=1;'.repeat(5000)}}</script>`,
    ],
    ['a huge attribute', `<p title="${'x'.repeat(1_000_000)}">x`],
    ['dots', `<img src="${'../'.repeat(many)}a.jpg"><img src="${'. '.repeat(many)}x">`],
  ])('unending %s are read to their end', async (_, html) => {
    const facts = await factsOf({ 'index.html': html });
    expect(facts.pages).toHaveLength(1);
    expect(facts.problems).toEqual([]);
  });

  it('a page beyond 2 MB is a problem that says so', async () => {
    const facts = await factsOf({ 'index.html': `<p>${'x'.repeat(2 * 1024 * 1024)}` });
    expect(facts).toMatchObject({ pages: [], problems: [{ code: 'unsupported-size' }] });
    expect(facts.problems[0]?.message).toContain('2.0 MB');
  });

  it('bytes that are no text are a problem beside what could be read', async () => {
    const facts = await factsOf({
      'index.html': Buffer.concat([Buffer.from('<html><title>a</title>'), Buffer.alloc(9, 0xff)]),
    });
    expect(facts.pages).toHaveLength(1);
    expect(facts.problems).toMatchObject([{ code: 'unsupported-encoding' }]);
  });
});

describe('reading scripts', () => {
  const texts = (code: string): string[] => tokenizeScript(code).map(({ text }) => text);

  it('leaves comments out, the HTML ones too', () => {
    expect(texts('<!-- x\na // "b"\n/* c */ d\n--> e')).toEqual(['a', 'd']);
  });

  const template = '`p$'.concat('{q}.jpg`');

  it('knows strings, templates and regular expressions from divisions', () => {
    expect(texts(String.raw`a = "x\"y\u0041" / 2; b = /["'/]/g; c = ${template}`)).toEqual([
      'a',
      '=',
      'x"yA',
      '/',
      '2',
      ';',
      'b',
      '=',
      `/["'/]/`,
      'g',
      ';',
      'c',
      '=',
      'p*.jpg',
    ]);
  });

  it('ends a string with its line, so that one forgotten quote does not swallow the rest', () => {
    expect(texts('a = "x\nb = 1')).toEqual(['a', '=', 'x', 'b', '=', '1']);
  });

  it('never throws and covers the text in order', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (code) => {
        let at = 0;
        for (const { start, end } of tokenizeScript(code)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
      }),
    );
  });
});
