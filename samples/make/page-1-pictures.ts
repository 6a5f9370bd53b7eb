import type { Sharp } from 'sharp';
import { lettering, lineWidth, svg } from './lettering.ts';
import { gif, jpegWithin, material, open, settled, stretched } from './picture.ts';
import type { Files } from './sample.ts';

const paper = 'PAGE-1';

/** The photo that lies on its side, turned upright: 600×800. */
export const turnedCake = async (): Promise<Sharp> => settled((await open(paper, 'tea1.jpg')).rotate(90));

/** The dark cup, brightened with levels. */
export const brightCup = async (): Promise<Sharp> => settled((await open(paper, 'tea2.jpg')).linear(2, 18));

/** A line of half transparent letters in the lower right corner of a picture of that size. */
export async function watermarked(
  picture: Sharp,
  width: number,
  height: number,
  size: number,
): Promise<Sharp> {
  const text = '湘茗茶业';
  const x = width - lineWidth(text, size) - size / 2;
  const mark = svg(
    width,
    height,
    lettering(text, { x, y: height - size * 0.7, size, fill: '#fff', opacity: 0.55 }),
  );
  return settled(picture.composite([{ input: mark }]));
}

export const brickWithMark = async (): Promise<Sharp> =>
  watermarked(await settled(stretched(await open(paper, 'tea3.jpg'), 300, 400)), 300, 400, 30);

/** The sign as a GIF of that size; without transparency it lies on white. */
export async function sign(width: number, height: number, transparent = true): Promise<Buffer> {
  const picture = stretched(await open(paper, 'logo.psd'), width, height);
  return gif(transparent ? picture : picture.flatten({ background: '#ffffff' }));
}

export const banner = async (width = 1000, height = 300): Promise<Buffer> =>
  jpegWithin(stretched(await open(paper, 'bg.bmp'), width, height), 150);

/** The folder `images` with everything right. */
export async function rightPictures(): Promise<Files> {
  return {
    'images/banner.jpg': await banner(),
    'images/tea1.jpg': await jpegWithin(stretched(await turnedCake(), 300, 400), 60),
    'images/tea2.jpg': await jpegWithin(stretched(await brightCup(), 300, 400), 60),
    'images/tea3.jpg': await jpegWithin(await brickWithMark(), 60),
    'images/logo.gif': await sign(200, 80),
    'images/btn_a.jpg': await material(paper, 'btn_a.jpg'),
    'images/btn_b.jpg': await material(paper, 'btn_b.jpg'),
  };
}
