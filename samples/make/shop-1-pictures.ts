import sharp, { type Sharp } from 'sharp';
import { psd } from '../../rubrics/papers/draw/psd.ts';
import { lettering, lineWidth, svg } from './lettering.ts';
import { gif, jpegWithin, material, open, settled, stretched } from './picture.ts';
import type { Files } from './sample.ts';

const paper = 'SHOP-1';

/** The walnut of the 素材 at that size. */
const mark = async (size: number): Promise<Buffer> =>
  stretched(await open(paper, 'mark.png'), size, size)
    .png()
    .toBuffer();

/** A round sign: the walnut on a warm ground, the shop's name below. */
export async function logo(width = 100, height = 100): Promise<Sharp> {
  const size = Math.round(height * 0.2);
  const x = (width - lineWidth('果然香', size)) / 2;
  const ground = svg(
    width,
    height,
    `<rect width="${width}" height="${height}" fill="#fff8e8"/>`,
    `<circle cx="${width / 2}" cy="${height / 2}" r="${height * 0.47}" fill="none" stroke="#a8612c" stroke-width="3"/>`,
    lettering('果然香', { x, y: height * 0.84, size, fill: '#8a3b12' }),
  );
  const walnut = await mark(Math.round(height * 0.55));
  const left = Math.round((width - height * 0.55) / 2);
  return settled(
    sharp(ground)
      .composite([{ input: walnut, left, top: Math.round(height * 0.08) }])
      .flatten(),
  );
}

/** The sign of the shop: name, slogan and logo over a strip of the photo. */
export async function banner(width = 950, height = 120): Promise<Sharp> {
  const strip = await settled(
    (await open(paper, 'nut.jpg'))
      .linear(1.8, 10)
      .extract({ left: 0, top: 640, width: 1600, height: Math.round((1600 * height) / width) })
      .resize(width, height, { fit: 'fill' }),
  );
  const words = svg(
    width,
    height,
    `<rect width="${width}" height="${height}" fill="#5a2408" opacity="0.45"/>`,
    lettering('果然香', { x: 140, y: height * 0.62, size: 56, fill: '#ffe9b8' }),
    lettering('新店开业 满99减20', { x: 400, y: height * 0.6, size: 40, fill: '#fff', edge: '#8f1d10' }),
  );
  const sign = await (await logo(90, 90)).png().toBuffer();
  const top = Math.round((height - 90) / 2);
  return settled(strip.composite([{ input: words }, { input: sign, left: 30, top }]));
}

/** The photo levelled, cropped to a square inside its turned corners, and brightened. */
export const levelled = async (): Promise<Sharp> => {
  const turned = await settled((await open(paper, 'nut.jpg')).rotate(-5));
  return settled(
    turned.extract({ left: 330, top: 240, width: 1020, height: 1020 }).resize(800, 800).linear(1.9, 12),
  );
};

const offer = (): Buffer =>
  svg(
    800,
    800,
    '<path d="M0 660 H800 V800 H0Z" fill="#c8261b" opacity="0.92"/>',
    '<circle cx="680" cy="120" r="84" fill="#f6b52c"/>',
    lettering('新店开张优惠价', { x: 40, y: 760, size: 54, fill: '#fff' }),
    lettering('¥39.9', { x: 460, y: 765, size: 88, fill: '#ffe36b', edge: '#7a1208' }),
    lettering('包邮', { x: 616, y: 144, size: 64, fill: '#8f1d10' }),
  );

/** The main picture with what the task asks to write on it. */
export const mainPicture = async (photo: Sharp): Promise<Sharp> =>
  settled(photo.composite([{ input: offer() }]));

/** A button in the shop's colours. */
export function icon(text: string, width = 150, height = 40): Sharp {
  const x = (width - lineWidth(text, 22)) / 2 + 12;
  return sharp(
    svg(
      width,
      height,
      `<rect width="${width}" height="${height}" fill="#8a3b12"/>`,
      `<rect x="3" y="3" width="${width - 6}" height="${height - 6}" fill="none" stroke="#ffd98a" stroke-width="2"/>`,
      `<ellipse cx="28" cy="${height / 2}" rx="9" ry="12" fill="#d9a86a" stroke="#5a3516" stroke-width="2"/>`,
      lettering(text, { x, y: height / 2 + 8, size: 22, fill: '#ffe9b8' }),
    ),
  );
}

export const iconTexts: Readonly<Record<string, string>> = {
  'kefu.gif': '客服',
  'shoucang.gif': '收藏',
  'fenlei1.gif': '坚果',
  'fenlei2.gif': '蜜饯',
  'fenlei3.gif': '礼盒',
};

export async function icons(): Promise<Files> {
  const drawn = Object.entries(iconTexts).map(async ([name, text]) => [name, await gif(icon(text))] as const);
  return Object.fromEntries(await Promise.all(drawn));
}

/** All eight pictures with everything right. */
export async function rightPictures(): Promise<Files> {
  return {
    'logo.jpg': await jpegWithin(await logo(), 80),
    'banner.jpg': await jpegWithin(await banner(), 100),
    'main.jpg': await jpegWithin(await mainPicture(await levelled()), 200),
    ...(await icons()),
  };
}

/** The logo's Photoshop file, as it lies in 源文件. */
export async function logoSource(): Promise<Buffer> {
  const picture = (await logo()).ensureAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const raster = { width: info.width, height: info.height, channels: 4 as const, data: new Uint8Array(data) };
  return psd(raster, { 背景: raster });
}

export const rawPhoto = (): Promise<Buffer> => material(paper, 'nut.jpg');
export const rawMark = (): Promise<Buffer> => material(paper, 'mark.png');
