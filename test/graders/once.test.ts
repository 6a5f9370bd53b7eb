import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { collectFacts } from '../../graders/collect.ts';
import { temporaryFolder } from '../support/folder.ts';

/** What the libraries were asked to do: they do it all the same, this only counts. */
const seen = vi.hoisted(() => ({ decoded: new Map<string, number>(), parsed: new Map<string, number>() }));

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

vi.mock('sharp', async (original) => {
  const { default: real } = await original<{ default: typeof sharp }>();
  /** Everything that makes libvips read pixels; `metadata` reads the header alone. */
  const reading = ['toBuffer', 'toFile', 'stats', 'pipe'] as const;
  const counting = (image: Sharp, input: unknown): Sharp => {
    for (const name of reading) {
      const method = image[name] as (...parameters: unknown[]) => unknown;
      Object.defineProperty(image, name, {
        value: (...parameters: unknown[]) => {
          if (typeof input === 'string') count(seen.decoded, input);
          return method.apply(image, parameters);
        },
      });
    }
    const { clone } = image;
    image.clone = () => counting(clone.call(image), input);
    return image;
  };
  const wrapped = new Proxy(real, {
    apply: (target, _this, parameters: Parameters<typeof real>) =>
      counting(Reflect.apply(target, undefined, parameters), parameters[0]),
  });
  return { default: wrapped };
});

vi.mock('cheerio', async (original) => {
  const real = await original<typeof import('cheerio')>();
  const load: typeof real.load = (content, ...rest) => {
    count(seen.parsed, String(content));
    return real.load(content, ...rest);
  };
  return { ...real, load };
});

beforeEach(() => {
  seen.decoded.clear();
  seen.parsed.clear();
});

const page = (title: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title>
<link rel="stylesheet" href="css/style.css"><style>img { border: 0 }</style></head>
<body><table><tr><td><img src="images/one.jpg"><img src="images/two.png"></td></tr></table>
<marquee>滚动</marquee><a href="second.html">下一页</a><iframe src="second.html"></iframe></body></html>`;

/** Two pages that show the same pictures and each other, so that every way of looking twice is open. */
async function writeWork(): Promise<string> {
  const folder = await temporaryFolder();
  for (const below of ['images', 'css']) await mkdir(join(folder, below));
  const picture = (width: number) =>
    sharp({ create: { width, height: 90, channels: 3, background: '#3a7' } });
  await picture(120).jpeg().toFile(join(folder, 'images/one.jpg'));
  await picture(140).png().toFile(join(folder, 'images/two.png'));
  await picture(160).webp().toFile(join(folder, 'images/three.webp'));
  await picture(180).gif().toFile(join(folder, 'images/four.gif'));
  await writeFile(join(folder, 'index.html'), page('首页'));
  await writeFile(join(folder, 'second.html'), page('第二页'));
  await writeFile(join(folder, 'css/style.css'), 'td { background: url(../images/three.webp) }');
  seen.decoded.clear();
  return folder;
}

describe('collecting facts', () => {
  it('decodes every picture once, however many pages show it', async () => {
    const folder = await writeWork();
    const { images } = await collectFacts(folder);
    expect(images.map(({ path, decodable }) => [path, decodable])).toEqual([
      ['images/four.gif', true],
      ['images/one.jpg', true],
      ['images/three.webp', true],
      ['images/two.png', true],
    ]);
    const decoded = Object.fromEntries(
      [...seen.decoded].map(([path, times]) => [path.slice(folder.length + 1), times]),
    );
    expect(decoded).toEqual({
      'images/four.gif': 1,
      'images/one.jpg': 1,
      'images/three.webp': 1,
      'images/two.png': 1,
    });
  });

  it('parses every page once, although pages refer to each other', async () => {
    const { pages } = await collectFacts(await writeWork());
    expect(pages.map(({ path, title }) => [path, title])).toEqual([
      ['index.html', '首页'],
      ['second.html', '第二页'],
    ]);
    expect(Object.fromEntries(seen.parsed)).toEqual({ [page('首页')]: 1, [page('第二页')]: 1 });
  });
});
