import sharp from 'sharp';
import { gif, jpegWithin, open, settled, stretched, withHistory, withMetadata } from './picture.ts';
import { packed, type Sample, sample, without } from './sample.ts';
import {
  banner,
  icon,
  icons,
  iconTexts,
  levelled,
  logo,
  logoSource,
  mainPicture,
  rawMark,
  rawPhoto,
  rightPictures,
} from './shop-1-pictures.ts';
import { shortcut, thumbnails } from './system-files.ts';

async function excellent() {
  const files = { ...(await rightPictures()), '源文件/logo.psd': await logoSource() };
  return { '430125000201.zip': packed(files, '430125000201') };
}

/** The sizes everybody knows from Taobao, a banner one per cent too heavy, a crop that missed a pixel. */
async function slips() {
  return {
    ...without(await rightPictures(), 'logo.jpg', 'main.jpg', 'fenlei3.gif'),
    'logo.JPG': await jpegWithin(await logo(80, 80), 80),
    'main.jpeg': await jpegWithin(await mainPicture(await levelled()), 200),
    'banner.jpg': withMetadata(await jpegWithin(await banner(950, 150), 100), 103_424),
    'kefu.gif': await gif(icon('客服', 151, 40)),
    'fenlei 3.gif': await gif(icon('礼盒')),
  };
}

/** Extensions changed by renaming, the photo squeezed to a square and left in CMYK. */
async function mistakes() {
  const squeezed = await settled(stretched(await open('SHOP-1', 'nut.jpg'), 800, 800));
  const inPrint = (await mainPicture(squeezed)).toColourspace('cmyk');
  const logoPng = await (await logo(100, 90)).png().toBuffer();
  const category = (text = ''): Promise<Buffer> => icon(text).png().toBuffer();
  return {
    'logo.png': withHistory(logoPng, 90 * 1024),
    'banner.jpg': await (await banner()).png().toBuffer(),
    'main.jpg': await inPrint.jpeg({ quality: 60 }).toBuffer(),
    ...(await icons()),
    'shoucang.gif': await gif(icon('收藏', 150, 50)),
    'fenlei1.gif': await category(iconTexts['fenlei1.gif']),
    'fenlei2.gif': await category(iconTexts['fenlei2.gif']),
    'fenlei3.gif': await category(iconTexts['fenlei3.gif']),
  };
}

/** Two of the 素材 under the names of answers, and nothing else. */
async function unfinished() {
  return { 'logo.png': await rawMark(), 'main.jpg': await rawPhoto() };
}

/** A zip that was renamed to .rar because the task’s other examples were, names in GBK, packed two folders up. */
async function renamedRar() {
  const files = { ...(await rightPictures()), 'Thumbs.db': thumbnails() };
  return { '430125000205.rar': packed(files, '430125000205李四/网店美工', { encoding: 'gbk' }) };
}

/** Uploaded while Photoshop was still saving: half a picture, an empty one, and a shortcut instead of an icon. */
async function halfUploaded() {
  const pictures = await rightPictures();
  const main = Buffer.from(pictures['main.jpg'] ?? '');
  return {
    ...without(pictures, 'kefu.gif'),
    'main.jpg': main.subarray(0, Math.floor(main.length * 0.6)),
    'banner.jpg': '',
    'kefu.gif - 快捷方式.lnk': shortcut('D:\\430125000206\\kefu.gif'),
  };
}

/** A moving logo, a progressive main picture at 300 dpi, a banner that EXIF turns upright. */
async function otherWays() {
  const frames = await Promise.all(
    [await logo(), (await logo()).modulate({ brightness: 1.2 })].map((picture) => picture.png().toBuffer()),
  );
  const moving = sharp(frames, { join: { animated: true } }).gif({ delay: [500, 500], loop: 0 });
  const main = (await mainPicture(await levelled())).withMetadata({ density: 300 });
  const lying = (await settled((await banner()).rotate(270))).withMetadata({ orientation: 6 });
  return {
    ...without(await rightPictures(), 'logo.jpg'),
    'logo.gif': await moving.toBuffer(),
    'main.jpg': await main.jpeg({ quality: 80, progressive: true }).toBuffer(),
    'banner.jpg': await lying.jpeg({ quality: 80 }).toBuffer(),
  };
}

/** Icons under Chinese names, which say as well what they are. */
async function ownNames() {
  const { 'kefu.gif': kefu = '', 'shoucang.gif': shoucang = '', ...others } = await rightPictures();
  return { ...others, '客服.gif': kefu, '收藏.gif': shoucang };
}

export const shop1: readonly Sample[] = [
  sample('shop-1-excellent', excellent),
  sample('shop-1-slips', slips),
  sample('shop-1-mistakes', mistakes),
  sample('shop-1-unfinished', unfinished),
  sample('shop-1-renamed-rar', renamedRar),
  sample('shop-1-half-uploaded', halfUploaded),
  sample('shop-1-other-ways', otherWays),
  sample('shop-1-own-names', ownNames),
];
