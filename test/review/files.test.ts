import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileText, Review } from '../../src/review/schema.ts';
import { gradeSample } from '../samples/grading.ts';
import { openExam } from '../support/exam.ts';
import {
  type Account,
  ask,
  gradedExam,
  handInFiles,
  open,
  openRoom,
  person,
  publishPaperOf,
  type Refused,
  type Room,
} from './room.ts';

let room: Room;
let who: Account;
beforeAll(async () => {
  room = await openRoom();
  who = await person(room, 'examiner');
});
afterAll(() => room?.close());

/** A candidate of a new exam who handed these files in; the breakdown does not matter here. */
async function handedIn(files: Record<string, string | Uint8Array>): Promise<Review> {
  const exam = await openExam(room.stores, {
    version: await publishPaperOf(room.stores, 'PAGE-1'),
    candidates: 1,
  });
  const { breakdown } = await gradeSample('page-1-slips');
  const bytes = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]),
  );
  await handInFiles(room, exam, exam.candidates[0]?.id ?? '', bytes, breakdown);
  return open(room, who, exam.candidates[0]?.id ?? '');
}

async function sampled(paper: string, sample: string): Promise<Review> {
  const exam = await gradedExam(room, paper, [sample]);
  return open(room, who, exam.candidates[0]?.id ?? '');
}

const positionOf = ({ files }: Review, path: string): number =>
  files.find((file) => file.path === path)?.position ?? -1;

const get = <T>(review: Review, form: string, path: string) =>
  ask<T & Refused>(
    room,
    who,
    `/review/submissions/${review.candidateId}/${form}/${positionOf(review, path)}`,
  );
const material = <T>(review: Review, form: string, path: string) =>
  ask<T & Refused>(
    room,
    who,
    `/review/submissions/${review.candidateId}/${form}/${path.split('/').map(encodeURIComponent).join('/')}`,
  );

const png = await sharp({ create: { width: 3, height: 2, channels: 3, background: 'red' } })
  .png()
  .toBuffer();

describe('files', () => {
  it('are sent as they are; only what is nothing but a picture is sent as one', async () => {
    const review = await handedIn({ 'index.html': '<script>alert(1)</script>', 'a.png': png });
    const picture = await get(review, 'files', 'a.png');
    expect(picture.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
    });
    expect(picture.raw.equals(png)).toBe(true);
    const page = await get(review, 'files', 'index.html');
    expect(page.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''index.html",
      'content-security-policy': "sandbox; default-src 'none'",
    });
    expect((await ask(room, who, `/review/submissions/${review.candidateId}/files/99`)).status).toBe(404);
  });

  it('of an archive are shown one by one, named as evidence names them', async () => {
    const review = await sampled('SHOP-1', 'shop-1-renamed-rar');
    const named = new Set(
      review.breakdown.criteria
        .flatMap(({ items }) => items)
        .flatMap(({ evidence }) => evidence)
        .flatMap(({ path, sha256 }) => (path && sha256 ? [`${path} ${sha256}`] : [])),
    );
    const there = new Set(review.files.map(({ path, sha256 }) => `${path} ${sha256}`));
    expect(named.size).toBeGreaterThan(3);
    expect([...named].filter((one) => !there.has(one))).toEqual([]);
    const picture = review.files.find(({ view }) => view === 'picture');
    const { raw } = await get(review, 'files', picture?.path ?? '');
    expect(raw.length).toBe(picture?.bytes);
  });

  it('that browsers cannot show become PNG: BMP and PSD, of the work and of the 素材', async () => {
    const review = await sampled('PAGE-1', 'page-1-excellent');
    for (const path of ['bg.bmp', 'logo.psd']) {
      const answer = await material(review, 'material-picture', path);
      expect(answer.headers['content-type']).toBe('image/png');
      const { width, height } = await sharp(answer.raw).metadata();
      expect(Math.min(width, height)).toBeGreaterThan(50);
      const { dominant, isOpaque } = await sharp(answer.raw).stats();
      expect([dominant.r, dominant.g, dominant.b, isOpaque]).not.toEqual([0, 0, 0, false]);
    }
    const bytes = await material(review, 'materials', 'bg.bmp');
    expect(bytes.raw.subarray(0, 2).toString()).toBe('BM');
    const copy = await handedIn({ 'bg.bmp': bytes.raw, 'broken.bmp': bytes.raw.subarray(0, 200) });
    expect((await get(copy, 'picture', 'bg.bmp')).headers['content-type']).toBe('image/png');
    expect((await get(copy, 'picture', 'broken.bmp')).body.code).toBe('picture-unreadable');
    expect((await material(review, 'materials', '../paper.yaml')).status).toBe(404);
  });

  it('of an absurd size are refused before they are decoded', async () => {
    const bmp = Buffer.alloc(200);
    bmp.write('BM');
    bmp.writeUInt32LE(54, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(100_000, 18);
    bmp.writeInt32LE(100_000, 22);
    const review = await handedIn({ 'big.bmp': bmp });
    const { status, body } = await get(review, 'picture', 'big.bmp');
    expect([status, body.code]).toEqual([422, 'picture-too-large']);
  });

  it('that are text are decoded as the graders decode them', async () => {
    const gbk = Buffer.concat([
      Buffer.from('<html><head><meta charset="utf-8"><title>'),
      Buffer.from([0xb2, 0xe8, 0xd2, 0xb6, 0xb2, 0xe8, 0xd2, 0xb6, 0xb5, 0xea, 0xc6, 0xcc]),
      Buffer.from('</title></head>\r\n<body>x</body></html>'),
    ]);
    const review = await handedIn({ 'index.html': gbk, 'a.png': png, 'big.css': 'a{}\n'.repeat(300_000) });
    const { body } = await get<FileText>(review, 'text', 'index.html');
    expect(body).toMatchObject({ encoding: 'gb18030', declared: 'utf-8', lines: 2, truncated: false });
    expect(body.text).toContain('茶叶茶叶店铺');
    expect((await get<FileText>(review, 'text', 'big.css')).body.truncated).toBe(true);
    expect((await get(review, 'text', 'a.png')).body.code).toBe('not-text');
    const text = await material<FileText>(review, 'material-text', '素材文字.txt');
    expect(text.body.text.length).toBeGreaterThan(10);
  });
});

describe('a rendered page', () => {
  const site = {
    '作品/index.html': `<!doctype html><html><head><meta http-equiv="refresh" content="0;url=http://evil.example">
      <base target="_top"><link rel="stylesheet" href="css/main.css"><script src="js/move.js"></script>
      <link rel="icon" href="http://evil.example/x.ico"></head>
      <body background="images/A.PNG"><img src="images\\a.png"><img src="http://evil.example/p.png">
      <a href="second.html" target="_top">二</a><a href="#top">上</a>
      <div style="background:url('images/a.png')"></div><iframe src="second.html"></iframe>
      <form action="http://evil.example"><input name="x"></form></body></html>`,
    '作品/second.html': '<p>第二页</p><img src="images/a.png">',
    '作品/css/main.css': `@import "more.css"; h1 { background: url(../images/a.png) } h2 { background: url(http://evil.example/c.png) }`,
    '作品/css/more.css': 'b { color: red }',
    '作品/js/move.js': 'var late = "</script><p>outside"; document.images[0].src = "images/a.png";',
    '作品/images/a.png': png,
  };

  it('holds all it needs and asks nobody for anything', async () => {
    const review = await handedIn(site);
    const { body, headers } = await get<string>(review, 'render', 'index.html');
    const html = String(body);
    const policy = String(headers['content-security-policy']);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(['sandbox allow-scripts', "default-src 'none'", 'img-src data: blob:']),
    );
    expect(policy).not.toMatch(/allow-same-origin|'self' |https?:|\*/);
    const data = `data:image/png;base64,${png.toString('base64')}`;
    expect(html).toContain(`<img src="${data}">`);
    expect(html).toContain(`background="${data}"`);
    expect(html).toContain('b { color: red }');
    expect(html).toContain(`h1 { background: url("${data}") }`);
    expect(html).toContain('h2 { background: url("data:,") }');
    expect(html).not.toMatch(/http-equiv="refresh"|<base|rel="icon"/);
    expect(html).toContain('<a href="#" data-href="second.html" title="second.html">');
    expect(html).toContain('<a href="#top">');
    // The script cannot end its element early.
    expect(html).toContain('<\\/script><p>outside');
    const frame = /<iframe src="data:text\/html;charset=utf-8;base64,([^"]+)"/.exec(html)?.[1] ?? '';
    expect(Buffer.from(frame, 'base64').toString()).toContain('第二页');
    expect(headers['x-kaoping-left-out']).toBe('0');
  });

  it('that is a markup bomb, or no page, is refused', async () => {
    const review = await handedIn({ 'index.html': `<html>${'<b>'.repeat(50_000)}`, 'a.png': png });
    expect((await get(review, 'render', 'index.html')).body.code).toBe('page-not-shown');
    expect((await get(review, 'render', 'a.png')).body.code).toBe('not-a-page');
  });

  it('leaves out what would make it too large, and says so', async () => {
    const large = Buffer.concat([png, Buffer.alloc(25 * 1024 * 1024)]);
    const review = await handedIn({
      'index.html': '<html><img src="a.png"><img src="b.png">',
      'a.png': large,
      'b.png': png,
    });
    const { body, headers } = await get<string>(review, 'render', 'index.html');
    expect(headers['x-kaoping-left-out']).toBe('1');
    expect(String(body)).toContain('<img src="a.png"><img src="data:image/png');
  });
});
