import { encodeGbk } from './gbk.ts';
import {
  emptyPage,
  mistakenPage,
  rightPage,
  scriptedPage,
  slippedPage,
  styledPage,
  styleSheet,
} from './page-1-pages.ts';
import { brickWithMark, rightPictures, sign, turnedCake, watermarked } from './page-1-pictures.ts';
import { bitmap, jpegWithin, material, open, settled, stretched, withMetadata } from './picture.ts';
import { packed, type Sample, sample } from './sample.ts';
import { thumbnails } from './system-files.ts';

const paper = 'PAGE-1';

async function excellent() {
  return { '430125000101.zip': packed({ 'index.html': rightPage(), ...(await rightPictures()) }) };
}

/** 301×400 from a crop by hand, metadata left in tea3, `.htm`, a 素材 left behind: nothing grave. */
async function slips() {
  const pictures = {
    ...(await rightPictures()),
    'images/tea1.jpg': await jpegWithin(stretched(await turnedCake(), 301, 400), 60),
    // One per cent above 60 KB: Explorer shows 61 KB.
    'images/tea3.jpg': withMetadata(await jpegWithin(await brickWithMark(), 60), 62_054),
  };
  const left = { '素材文字.txt': await material(paper, '素材文字.txt') };
  return { 'index.htm': slippedPage(), ...pictures, ...left };
}

async function mistakes() {
  const cup = stretched(await open(paper, 'tea2.jpg'), 300, 400);
  const brick = await watermarked(await settled(await open(paper, 'tea3.jpg')), 600, 800, 60);
  const pictures = {
    ...(await rightPictures()),
    'images/banner.jpg': await bitmap(stretched(await open(paper, 'bg.bmp'), 500, 150)),
    'images/tea1.jpg': await jpegWithin(stretched(await open(paper, 'tea1.jpg'), 400, 300), 60),
    'images/tea2.jpg': await cup.png().toBuffer(),
    // Full size, made smaller only by width and height in the page.
    'images/tea3.jpg': await brick.jpeg({ quality: 92 }).toBuffer(),
    'images/logo.gif': await sign(200, 80, false),
    'images/btn_b.jpg': await material(paper, 'btn_a.jpg'),
  };
  return { 'index.html': mistakenPage(), ...pictures };
}

/** An hour was not enough: the page is what the program made, the pictures lie where they were given. */
async function unfinished() {
  return {
    'index.html': emptyPage(),
    'tea2.jpg': await material(paper, 'tea2.jpg'),
    'images/btn_b.jpg': await material(paper, 'btn_b.jpg'),
  };
}

/** Packed by Windows Explorer two folders up, names in GBK without a flag, a page that lies about its encoding. */
async function brokenNames() {
  const files = { 'index.html': encodeGbk(rightPage('utf-8')), ...(await rightPictures()) };
  const litter = { 'images/Thumbs.db': thumbnails() };
  return {
    '430125000105.zip': packed({ ...files, ...litter }, '430125000105张三/网页制作', { encoding: 'gbk' }),
  };
}

/** The network broke while the zip was copied: its end is missing, with the directory of all files. */
async function cutShort() {
  const whole = packed({ 'index.html': rightPage(), ...(await rightPictures()) });
  return { '430125000106.zip': whole.subarray(0, whole.indexOf('images/logo.gif') - 100) };
}

async function styled() {
  return { 'index.html': styledPage(), 'css/style.css': styleSheet(), ...(await rightPictures()) };
}

async function scripted() {
  return { 'index.html': scriptedPage(), ...(await rightPictures()) };
}

/** The home page saved under the shop's name, the banner under what it shows. */
async function ownNames() {
  const { 'images/banner.jpg': hills = '', ...pictures } = await rightPictures();
  const page = rightPage().replaceAll('images/banner.jpg', 'images/茶山.jpg');
  return { '湘茗茶业.html': page, ...pictures, 'images/茶山.jpg': hills };
}

export const page1: readonly Sample[] = [
  sample('page-1-excellent', excellent),
  sample('page-1-slips', slips),
  sample('page-1-mistakes', mistakes),
  sample('page-1-unfinished', unfinished),
  sample('page-1-broken-names', brokenNames),
  sample('page-1-cut-short', cutShort),
  sample('page-1-css', styled),
  sample('page-1-script', scripted),
  sample('page-1-own-names', ownNames),
];
