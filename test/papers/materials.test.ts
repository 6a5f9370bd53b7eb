import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawInto, materials, placeOf } from '../../rubrics/papers/draw/draw.ts';
import { nutSkew } from '../../rubrics/papers/draw/shop-1.ts';
import { temporaryFolder } from '../support/folder.ts';
import { bitmapPixels, lumaOf, type Pixels, pixelsAt, pixelsIn, readLayers } from './pixels.ts';
import { paperIds, papersFolder, readSheet } from './sources.ts';

const committed = (place: string): string => join(papersFolder, place);
const pictureOf = (paper: string, name: string): string => committed(join(paper, 'materials', name));

describe('the drawing script', () => {
  it.each(materials.map((material) => [placeOf(material), material] as const))(
    'draws %s as it is committed',
    async (place, material) => {
      const [drawn, kept] = [Buffer.from(await material.draw()), readFileSync(committed(place))];
      if (drawn.equals(kept)) return;
      // Another build of the drawing library may round or compress otherwise; what is seen must stay the same.
      expect(place).toMatch(/\.(jpg|png|gif|bmp|psd)$/);
      const [a, b] = await Promise.all([pixelsIn(drawn), pixelsIn(kept)]);
      expect([a.width, a.height]).toEqual([b.width, b.height]);
      expect(meanDifference(a, b)).toBeLessThan(2);
    },
  );

  it("writes a paper's 素材 into its folder", async () => {
    const folder = await temporaryFolder();
    const wanted = materials.filter(({ paper }) => paper === 'OPS-1');
    await drawInto(folder, wanted);
    expect(readdirSync(join(folder, 'OPS-1/materials'))).toEqual(wanted.map(({ path }) => path));
  });

  it('draws everything that is committed, and each paper has its 素材', () => {
    const kept = paperIds.flatMap((id) =>
      readdirSync(committed(join(id, 'materials'))).map((name) => join(id, 'materials', name)),
    );
    expect(kept.sort()).toEqual(materials.map((material) => placeOf(material)).sort());
  });

  it('keeps all 素材 together below 12 MB', async () => {
    const sizes = await Promise.all(
      materials.map(async (material) => (await stat(committed(placeOf(material)))).size),
    );
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(12 * 1024 * 1024);
  });
});

function meanDifference(a: Pixels, b: Pixels): number {
  const sum = a.data.reduce((total, value, i) => total + Math.abs(value - (b.data[i] ?? 0)), 0);
  return sum / a.data.length;
}

const sizes: readonly (readonly [
  paper: string,
  name: string,
  format: string,
  width: number,
  height: number,
])[] = [
  ['PAGE-1', 'tea1.jpg', 'jpeg', 800, 600],
  ['PAGE-1', 'tea2.jpg', 'jpeg', 600, 800],
  ['PAGE-1', 'tea3.jpg', 'jpeg', 600, 800],
  ['PAGE-1', 'btn_a.jpg', 'jpeg', 120, 40],
  ['PAGE-1', 'btn_b.jpg', 'jpeg', 120, 40],
  ['PAGE-2', 'ad1.jpg', 'jpeg', 1560, 600],
  ['PAGE-2', 'ad2.jpg', 'jpeg', 1560, 600],
  ['PAGE-2', 'ad3.jpg', 'jpeg', 1560, 600],
  ['PAGE-2', 'book1.jpg', 'jpeg', 600, 600],
  ['PAGE-2', 'book2.jpg', 'jpeg', 600, 600],
  ['PAGE-2', 'book3.jpg', 'jpeg', 600, 600],
  ['PAGE-2', 'float.gif', 'gif', 100, 100],
  ['SHOP-1', 'nut.jpg', 'jpeg', 1600, 1200],
  ['SHOP-1', 'mark.png', 'png', 400, 400],
  ['SHOP-2', 'fryer.jpg', 'jpeg', 1200, 1200],
];

describe('the pictures', () => {
  it.each(sizes)(
    '%s %s is a %s of %i × %i without an orientation flag',
    async (paper, name, format, width, height) => {
      const found = await sharp(pictureOf(paper, name)).metadata();
      expect(found).toMatchObject({ format, width, height });
      expect(found.orientation).toBeUndefined();
    },
  );

  it('PAGE-1 bg.bmp is a real BMP of 2000 × 600, and upright: sky above fields', () => {
    const picture = bitmapPixels(readFileSync(pictureOf('PAGE-1', 'bg.bmp')));
    expect([picture.width, picture.height]).toEqual([2000, 600]);
    expect(lumaOf(picture, { top: 0, height: 150 })).toBeGreaterThan(
      lumaOf(picture, { top: 450, height: 150 }) + 40,
    );
  });

  it('PAGE-1 tea1.jpg lies on its left side: turned clockwise, the dark table is below', async () => {
    const upright = await sharp(pictureOf('PAGE-1', 'tea1.jpg'))
      .rotate(90)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const picture = { width: upright.info.width, height: upright.info.height, data: upright.data };
    expect([picture.width, picture.height]).toEqual([600, 800]);
    expect(lumaOf(picture, { top: 700, height: 100 })).toBeLessThan(
      lumaOf(picture, { top: 0, height: 100 }) - 60,
    );
  });

  it('PAGE-1 tea1.jpg looks unlike itself in every other turn or mirror image', async () => {
    const [upright = [], ...others] = await orientations(pictureOf('PAGE-1', 'tea1.jpg'));
    for (const other of others) expect(correlation(upright, other)).toBeLessThan(0.7);
  });

  it('PAGE-1 tea2.jpg has a mean luma of 58, too dark to pass as brightened', async () => {
    expect(lumaOf(await pixelsAt(pictureOf('PAGE-1', 'tea2.jpg')))).toBeCloseTo(58, 0);
  });

  it('PAGE-1 logo.psd is a layered picture of 400 × 160 on a transparent ground', () => {
    const picture = readLayers(readFileSync(pictureOf('PAGE-1', 'logo.psd')));
    expect([picture.width, picture.height]).toEqual([400, 160]);
    expect(picture.children).toHaveLength(2);
    const alpha = [...(picture.imageData?.data ?? [])].filter((_, i) => i % 4 === 3);
    expect(alpha.filter((value) => value === 0).length / alpha.length).toBeGreaterThan(0.4);
  });

  it('PAGE-1 button pictures differ, or no rollover could be seen', () => {
    expect(
      readFileSync(pictureOf('PAGE-1', 'btn_a.jpg')).equals(readFileSync(pictureOf('PAGE-1', 'btn_b.jpg'))),
    ).toBe(false);
  });

  it('SHOP-1 nut.jpg is dark, and its shelf falls by about five degrees to the right', async () => {
    const picture = await pixelsAt(pictureOf('SHOP-1', 'nut.jpg'));
    expect(lumaOf(picture)).toBeLessThan(70);
    const [left, right] = [500, 1000].map((x) => shelfAt(picture, x));
    const degrees = (Math.atan2((right ?? 0) - (left ?? 0), 500) * 180) / Math.PI;
    expect(nutSkew).toBe(5);
    expect(Math.abs(degrees - nutSkew)).toBeLessThan(0.5);
  });

  it('carry structure down to the pixel: grain in every photo', async () => {
    for (const [paper, name] of sizes.filter(([, , format, width]) => format === 'jpeg' && width > 200)) {
      const { entropy } = await sharp(pictureOf(paper, name)).stats();
      expect(entropy, `${paper} ${name}`).toBeGreaterThan(5);
    }
  });
});

/** A picture in all eight orientations, turned clockwise once first; 64 × 64 grey levels each. */
const orientations = (path: string): Promise<number[][]> =>
  Promise.all(
    [90, 180, 270, 0, 90, 180, 270, 0].map(async (degrees, i) => {
      const turned = await sharp(path).rotate(degrees).toColourspace('b-w').png().toBuffer();
      const picture = sharp(turned).resize(64, 64, { fit: 'fill' });
      return [...(await (i < 4 ? picture : picture.flop()).toColourspace('b-w').raw().toBuffer())];
    }),
  );

/** Pearson's correlation of two equally long rows of numbers. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((x, y) => x + y, 0) / list.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? 0) - my), 0);
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

/** Row of the shelf's edge in a column: the sharpest fall of brightness in the upper third. */
function shelfAt({ width, data }: Pixels, x: number): number {
  const light = (y: number): number =>
    [-4, -3, -2, -1, 0, 1, 2, 3, 4].reduce((total, dx) => total + (data[(y * width + x + dx) * 3] ?? 0), 0);
  let best = { y: 0, fall: 0 };
  for (let y = 100; y < 400; y += 1) {
    const fall = light(y - 3) + light(y - 2) - light(y + 2) - light(y + 3);
    if (fall > best.fall) best = { y, fall };
  }
  return best.y;
}

describe('slots and 素材', () => {
  it.each(paperIds)('%s: every material that a slot names is there', (id) => {
    for (const slot of Object.values(readSheet(id).paper.slots)) {
      if (slot.material !== undefined) expect(existsSync(pictureOf(id, slot.material))).toBe(true);
    }
  });
});
