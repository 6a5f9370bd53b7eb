import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exhibit } from '../../src/review/exhibits.ts';
import { renderPage, renderPolicy } from '../../src/review/render/render.ts';
import { viewOf } from '../../src/review/view.ts';
import { openChromium } from '../browser/chromium.ts';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';

const { browser, missing } = await openChromium();
if (!browser) leaveOut('rendered pages in a real browser', missing);

const picture = (width: number) =>
  sharp({ create: { width, height: 20, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

/** A page that shows pictures in every late way, and tries to reach out in every way it can think of. */
const page = (outside: string) => `<!doctype html><html><head><title>t</title></head><body>
<img id="rollover" src="图片/一.png" onmouseover="this.src='图片/二.png'">
<div id="styled" style="width:50px;height:50px"></div><div id="written"></div>
<script>
  var report = {};
  function tried(name, work) { try { work(); report[name] = 'allowed'; } catch (e) { report[name] = e.name; } }
  tried('cookie', function () { return document.cookie; });
  tried('storage', function () { return localStorage.length; });
  tried('parent', function () { return parent.document.title; });
  document.getElementById('styled').style.backgroundImage = "url('图片/二.png')";
  document.getElementById('written').innerHTML = '<img id="late" src="图片\\\\二.PNG">';
  new Image().src = '${outside}/picture';
  navigator.sendBeacon && navigator.sendBeacon('${outside}/beacon');
  var form = document.createElement('form');
  form.action = '${outside}/form';
  document.body.appendChild(form);
  form.submit();
  tried('popup', function () { if (!window.open('${outside}/popup')) throw { name: 'blocked' }; });
  fetch('${outside}/fetch').then(function () { report.fetch = 'allowed'; }, function () { report.fetch = 'blocked'; })
    .then(function () {
      var preload = new Image();
      preload.onload = function () { report.preload = preload.width; document.title = JSON.stringify(report); };
      preload.src = './图片/二.png';
    });
</script></body></html>`;

describe.skipIf(!browser)('a rendered page in a real browser', () => {
  const asked: string[] = [];
  let host: Server;
  let outside: Server;
  let html: string;
  let opened: Page;
  let frame: Frame;

  const listen = async (server: Server): Promise<string> => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  async function exhibit(files: Record<string, string | Buffer>): Promise<Exhibit[]> {
    const folder = await temporaryFolder();
    return Promise.all(
      Object.entries(files).map(async ([path, content], position) => {
        const location = join(folder, path);
        await mkdir(dirname(location), { recursive: true });
        await writeFile(location, content);
        const mime = path.endsWith('.png') ? 'image/png' : 'text/html';
        const bytes = Buffer.from(content as string).length;
        return { position, path, bytes, sha256: '', mime, view: viewOf(mime), location };
      }),
    );
  }

  beforeAll(async () => {
    outside = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.end();
    });
    const files = await exhibit({
      'index.html': page(await listen(outside)),
      '图片/一.png': await picture(30),
      '图片/二.png': await picture(31),
    });
    const [index] = files;
    if (!index) throw new Error('no page');
    html = (await renderPage(index, files)).html;
    host = createServer((request, answer) => {
      const headers = { 'content-type': 'text/html; charset=utf-8', 'x-frame-options': 'SAMEORIGIN' };
      if (request.url === '/render') {
        answer.writeHead(200, { ...headers, 'content-security-policy': renderPolicy }).end(html);
        return;
      }
      const cookie = 'kaoping_session=secret; Path=/; SameSite=Strict';
      answer.writeHead(200, { ...headers, 'set-cookie': cookie });
      answer.end(
        '<title>host</title><iframe sandbox="allow-scripts" src="/render" width="600" height="400"></iframe>',
      );
    });
    const address = await listen(host);
    if (!browser) return;
    opened = await browser.newPage();
    await opened.goto(address);
    const found = opened.frames()[1];
    if (!found) throw new Error('no frame');
    frame = found;
    await frame.waitForFunction('document.title.startsWith("{")');
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
    outside?.close();
  });

  it('can reach nobody: no cookie, no storage, no parent, no address', async () => {
    expect(JSON.parse(await frame.title())).toEqual({
      cookie: 'SecurityError',
      storage: 'SecurityError',
      parent: 'SecurityError',
      popup: 'blocked',
      fetch: 'blocked',
      preload: 31,
    });
    expect(asked).toEqual([]);
  });

  it('shows pictures that scripts name later: rollover, written markup, styles', async () => {
    const widthOf = (id: string) => frame.evaluate<number>(`document.getElementById('${id}').naturalWidth`);
    expect(await widthOf('rollover')).toBe(30);
    await frame.hover('#rollover');
    await expect.poll(() => widthOf('rollover')).toBe(31);
    await expect.poll(() => widthOf('late')).toBe(31);
    const style = await frame.locator('#styled').getAttribute('style');
    expect(style).toContain('url("data:image/png');
  });
});
