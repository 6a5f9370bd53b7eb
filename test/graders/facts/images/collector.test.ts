import { writePsdBuffer } from 'ag-psd';
import bmp from 'bmp-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../../graders/facts/collector.ts';
import { imageCollector } from '../../../../graders/facts/images/collector.ts';
import type { ImageFact } from '../../../../graders/facts/schema.ts';
import { imageFactSchema } from '../../../../graders/facts/schema.ts';
import { animation, scene, statedPng, workFolder } from './pictures.ts';

const folder = workFolder();

async function look(file: SourceFile): Promise<{ fact: ImageFact; problems: string[] }> {
  const { facts, problems } = await imageCollector.collect([file], [file]);
  expect(facts).toHaveLength(1);
  return { fact: imageFactSchema.parse(facts[0]), problems: problems.map((p) => p.code) };
}

const bits = (a: string | null, b: string | null): number =>
  (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;

describe('true type', () => {
  it('B2: a JPEG named .png and a BMP named .jpg are reported by their bytes', async () => {
    const jpeg = await look(await folder.put('banner.png', await scene(60, 40).jpeg().toBuffer()));
    expect(jpeg.fact).toMatchObject({ format: 'jpeg', width: 60, height: 40, decodable: true });
    const bitmap = bmp.encode({ width: 6, height: 4, data: Buffer.alloc(96, 100) });
    const named = await look(await folder.put('logo.jpg', bitmap.data));
    expect(named.fact).toMatchObject({ format: 'bmp', width: 6, height: 4, decodable: true, space: 'srgb' });
  });

  it('B12: palette, true colour, interlaced and progressive pictures are all fine', async () => {
    for (const bytes of [
      await scene(60, 40).png({ palette: true }).toBuffer(),
      await scene(60, 40).png({ progressive: true }).toBuffer(),
      await scene(60, 40).jpeg({ progressive: true }).toBuffer(),
    ]) {
      const { fact, problems } = await look(await folder.put('a.bin', bytes));
      expect(fact).toMatchObject({ width: 60, height: 40, decodable: true });
      expect(problems).toEqual([]);
    }
  });

  it('B24: WebP is WebP, whatever its name', async () => {
    const { fact } = await look(await folder.put('main.jpg', await scene(50, 50).webp().toBuffer()));
    expect(fact).toMatchObject({ format: 'webp', width: 50, height: 50, frames: 1, decodable: true });
  });

  it('B20: of a PSD size and mode are read, its pixels are left to people', async () => {
    const psd = writePsdBuffer({ width: 300, height: 120 });
    const { fact, problems } = await look(await folder.put('logo.psd', psd));
    expect(fact).toMatchObject({ format: 'psd', width: 300, height: 120, space: 'srgb', decodable: false });
    expect(problems).toEqual([]);
  });

  it('never renders an SVG, whatever it refers to', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/hostname"/></svg>';
    const { fact, problems } = await look(await folder.put('logo.jpg', svg));
    expect(fact).toMatchObject({ format: 'svg', decodable: false, meanLuma: null });
    expect(problems).toEqual([]);
  });

  it('reads the stage of a Flash film', async () => {
    // 15 bits a side, 0 to 11000 and 0 to 8000 twips: 550×400 px.
    const rect = ['01111', ...[0, 11000, 0, 8000].map((n) => n.toString(2).padStart(15, '0'))]
      .join('')
      .padEnd(72, '0');
    const bytes = Buffer.from([
      ...Buffer.from('FWS\x06\0\0\0\0', 'latin1'),
      ...(rect.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)),
    ]);
    const { fact } = await look(await folder.put('a.swf', bytes));
    expect(fact).toMatchObject({ format: 'swf', width: 550, height: 400, decodable: false });
  });

  it('reports a file that is a picture by name only as a problem, not as a picture', async () => {
    const file = await folder.put('logo.jpg', '这不是图片');
    const { facts, problems } = await imageCollector.collect([file], [file]);
    expect(facts).toEqual([]);
    expect(problems).toMatchObject([{ path: 'logo.jpg', code: 'unsupported' }]);
  });

  it('leaves junk and empty files alone', async () => {
    const picture = await folder.put('a.jpg', await scene(8, 8).jpeg().toBuffer());
    expect(imageCollector.accepts(picture)).toBe(true);
    expect(imageCollector.accepts({ ...picture, junk: 'os' })).toBe(false);
    expect(imageCollector.accepts({ ...picture, bytes: 0 })).toBe(false);
    expect(imageCollector.accepts({ ...picture, path: 'a.txt', mime: null })).toBe(false);
    expect(imageCollector.accepts({ ...picture, path: 'a.txt', mime: 'image/jpeg' })).toBe(true);
  });
});

describe('size as stored and as shown', () => {
  it('B7: every EXIF orientation is applied to the displayed size and to the hash', async () => {
    const plain = await look(await folder.put('a.png', await scene(64, 48).png().toBuffer()));
    for (let orientation = 1; orientation <= 8; orientation++) {
      // Stored so that showing it by its tag gives the scene again: the inverse turn of each orientation.
      const inverse = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
      const tagged = await scene(64, 48).withMetadata({ orientation: inverse }).png().toBuffer();
      const { default: sharp } = await import('sharp');
      const stored = await sharp(tagged).autoOrient().png().toBuffer();
      const bytes = await sharp(stored).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
      const { fact } = await look(await folder.put('photo.jpg', bytes));
      const turned = orientation >= 5;
      expect(fact).toMatchObject({
        orientation,
        width: turned ? 48 : 64,
        height: turned ? 64 : 48,
        displayWidth: 64,
        displayHeight: 48,
      });
      expect(bits(fact.phash, plain.fact.phash), `orientation ${orientation}`).toBeLessThanOrEqual(4);
    }
  });

  it('B9: an animation is as large as one frame and is measured on its first', async () => {
    for (const bytes of [
      await (await animation(['#ffffff', '#000000', '#00ff00'])).gif().toBuffer(),
      await (await animation(['#ffffff', '#000000', '#00ff00'])).webp({ lossless: true }).toBuffer(),
    ]) {
      const { fact } = await look(await folder.put('logo.gif', bytes));
      expect(fact).toMatchObject({ frames: 3, width: 40, height: 40, displayHeight: 40, decodable: true });
      expect(fact.meanLuma).toBeCloseTo(255, 0);
    }
  });

  it('B5: density does not matter', async () => {
    for (const density of [72, 300]) {
      const bytes = await scene(100, 30).withMetadata({ density }).jpeg().toBuffer();
      expect((await look(await folder.put('a.jpg', bytes))).fact).toMatchObject({ width: 100, height: 30 });
    }
  });
});

describe('damage and bombs (B22)', () => {
  const whole = {
    jpeg: () => scene(600, 400).jpeg().toBuffer(),
    progressive: () => scene(600, 400).jpeg({ progressive: true }).toBuffer(),
    png: () => scene(600, 400).png().toBuffer(),
    interlaced: () => scene(600, 400).png({ progressive: true }).toBuffer(),
    gif: () => scene(600, 400).gif().toBuffer(),
    webp: () => scene(600, 400).webp().toBuffer(),
    bmp: async () => bmp.encode({ width: 600, height: 400, data: Buffer.alloc(960_000, 9) }).data,
  };
  for (const [kind, make] of Object.entries(whole)) {
    it(`${kind}: cut anywhere it is truncated, never decodable, and keeps the size its header states`, async () => {
      const bytes = await make();
      expect((await look(await folder.put('a', bytes))).fact.decodable).toBe(true);
      for (const cut of [20, Math.floor(bytes.length * 0.02), Math.floor(bytes.length / 2)]) {
        const { fact, problems } = await look(await folder.put('a', bytes.subarray(0, bytes.length - cut)));
        expect(fact).toMatchObject({ width: 600, height: 400, decodable: false, phash: null });
        expect(problems).toEqual(['truncated']);
      }
    });
  }

  it('refuses a picture whose header states 50 000 × 50 000 pixels before decoding it', async () => {
    const { fact, problems } = await look(await folder.put('a.png', statedPng(50_000, 50_000)));
    expect(fact).toMatchObject({ width: 50_000, height: 50_000, decodable: false });
    expect(problems).toEqual(['bomb']);
    const bitmap = bmp.encode({ width: 2, height: 2, data: Buffer.alloc(16) }).data;
    bitmap.writeInt32LE(50_000, 18);
    bitmap.writeInt32LE(-50_000, 22);
    const huge = await look(await folder.put('a.bmp', bitmap));
    expect(huge.fact).toMatchObject({ width: 50_000, height: 50_000, decodable: false });
    expect(huge.problems).toEqual(['bomb']);
  });

  it('measures a single pixel', async () => {
    const { fact } = await look(await folder.put('a.png', await scene(1, 1).png().toBuffer()));
    expect(fact).toMatchObject({ width: 1, height: 1, decodable: true, contrast: 0, entropy: 0 });
  });

  it('a header alone is a damaged picture', async () => {
    for (const start of ['\xff\xd8\xff\xe0', 'GIF89a', 'BM', '\x89PNG\r\n\x1a\n']) {
      const file = await folder.put('a.jpg', Buffer.from(start, 'latin1'));
      const { facts, problems } = await imageCollector.collect([file], [file]);
      expect(facts.every((fact) => !fact.decodable)).toBe(true);
      expect(problems).toHaveLength(1);
    }
  });
});

describe('any bytes', () => {
  it('end in a fact or a problem, never in an exception, and what is not decodable says why', async () => {
    const whole = [
      await scene(90, 60).jpeg().toBuffer(),
      await scene(90, 60).png().toBuffer(),
      await scene(90, 60).gif().toBuffer(),
      await scene(90, 60).webp().toBuffer(),
      bmp.encode({ width: 90, height: 60, data: Buffer.alloc(21_600, 7) }).data,
    ];
    const change = fc.tuple(
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 0, max: 255 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        async (bytes, changes) => {
          const spoilt = Buffer.from(bytes);
          // Squared, so that headers are hit more often than pixels.
          for (const [where, value] of changes) spoilt[Math.floor(where * where * spoilt.length)] = value;
          const file = await folder.put('a.jpg', spoilt);
          const { facts, problems } = await imageCollector.collect([file], [file]);
          const [fact] = facts;
          if (fact !== undefined) imageFactSchema.parse(fact);
          const headerOnly = fact !== undefined && ['psd', 'tiff', 'svg', 'swf', 'ico'].includes(fact.format);
          expect(fact?.decodable === true || headerOnly || problems.length === 1).toBe(true);
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  });
});

describe('statistics', () => {
  it('agrees with a full-size count on mean luma within half a level', async () => {
    const { data } = await scene(900, 700).raw().toBuffer({ resolveWithObject: true });
    let sum = 0;
    for (let i = 0; i < data.length; i += 3) {
      sum += 0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0);
    }
    const expected = sum / (data.length / 3);
    for (const bytes of [
      await scene(900, 700).png().toBuffer(),
      await scene(900, 700).jpeg({ quality: 95 }).toBuffer(),
    ]) {
      const { fact } = await look(await folder.put('a', bytes));
      expect(Math.abs((fact.meanLuma ?? 0) - expected)).toBeLessThan(0.5);
    }
  });

  it('B4: a CMYK JPEG is measured in the colours it shows', async () => {
    const rgb = await look(await folder.put('a.jpg', await scene(300, 200).jpeg().toBuffer()));
    const cmyk = await look(
      await folder.put('b.jpg', await scene(300, 200).toColourspace('cmyk').jpeg().toBuffer()),
    );
    expect(cmyk.fact).toMatchObject({ format: 'jpeg', space: 'cmyk', decodable: true });
    expect(Math.abs((cmyk.fact.meanLuma ?? 0) - (rgb.fact.meanLuma ?? 0))).toBeLessThan(12);
    expect(bits(cmyk.fact.phash, rgb.fact.phash)).toBeLessThanOrEqual(6);
  });

  it('tells a blank canvas from a scene', async () => {
    const { default: sharp } = await import('sharp');
    const blank = await sharp({ create: { width: 950, height: 120, channels: 3, background: '#ffffff' } })
      .jpeg()
      .toBuffer();
    const { fact } = await look(await folder.put('banner.jpg', blank));
    expect(fact).toMatchObject({
      meanLuma: 255,
      contrast: 0,
      entropy: 0,
      dominant: { colour: '#fcfcfc', share: 1 },
    });
    const full = await look(await folder.put('banner.jpg', await scene(950, 120).jpeg().toBuffer()));
    expect(full.fact.entropy).toBeGreaterThan(4);
    expect(full.fact.dominant?.share).toBeLessThan(0.3);
  });

  it('B11: the share of transparent pixels counts pixels, not the existence of a channel', async () => {
    const { default: sharp } = await import('sharp');
    const hole = await sharp({ create: { width: 100, height: 25, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    const logo = scene(100, 100)
      .ensureAlpha()
      .composite([{ input: hole, left: 0, top: 0, blend: 'dest-out' }]);
    const opaque = await look(
      await folder.put('a.png', await scene(100, 100).ensureAlpha().png().toBuffer()),
    );
    expect(opaque.fact).toMatchObject({ hasAlpha: true, alphaShare: 0 });
    const quarter = await sharp({ create: { width: 100, height: 100, channels: 4, background: '#00000000' } })
      .composite([{ input: await scene(100, 75).png().toBuffer(), left: 0, top: 25 }])
      .png()
      .toBuffer();
    expect((await look(await folder.put('b.png', quarter))).fact.alphaShare).toBeCloseTo(0.25, 2);
    expect(
      (await look(await folder.put('c.jpg', await logo.flatten().jpeg().toBuffer()))).fact,
    ).toMatchObject({
      hasAlpha: false,
      alphaShare: 0,
    });
  });

  it('grey, 16-bit and bitmap pictures are measured on the same scale', async () => {
    const reference = (await look(await folder.put('a.png', await scene(200, 150).png().toBuffer()))).fact;
    const rgba = await scene(200, 150).ensureAlpha().raw().toBuffer();
    const abgr = Buffer.alloc(rgba.length);
    for (let i = 0; i < rgba.length; i += 4)
      abgr.set([255, rgba[i + 2] ?? 0, rgba[i + 1] ?? 0, rgba[i] ?? 0], i);
    for (const bytes of [
      await scene(200, 150).toColourspace('b-w').png().toBuffer(),
      await scene(200, 150).toColourspace('rgb16').png().toBuffer(),
      bmp.encode({ width: 200, height: 150, data: abgr }).data,
    ]) {
      const { fact } = await look(await folder.put('a', bytes));
      expect(Math.abs((fact.meanLuma ?? 0) - (reference.meanLuma ?? 0))).toBeLessThan(3);
      expect(bits(fact.phash, reference.phash)).toBeLessThanOrEqual(4);
    }
  });

  it('the hash survives another size and quality and tells another picture', async () => {
    const one = (await look(await folder.put('a', await scene(800, 600).png().toBuffer()))).fact;
    const small = (
      await look(
        await folder.put('a', await scene(800, 600).resize(200, 150).jpeg({ quality: 40 }).toBuffer()),
      )
    ).fact;
    const turned = (await look(await folder.put('a', await scene(800, 600).rotate(180).png().toBuffer())))
      .fact;
    expect(bits(one.phash, small.phash)).toBeLessThanOrEqual(6);
    expect(bits(one.phash, turned.phash)).toBeGreaterThan(16);
  });

  it('gives the same facts for the same bytes', async () => {
    const file = await folder.put('a.jpg', await scene(700, 500).jpeg().toBuffer());
    expect(await look(file)).toEqual(await look(file));
  });
});
