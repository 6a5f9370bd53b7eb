import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { initializeCanvas, readPsd } from 'ag-psd';
import sharp, { type Sharp } from 'sharp';
import { decodeBitmap } from '../../graders/facts/images/bitmap.ts';
import { bmp } from '../../rubrics/papers/draw/bmp.ts';

// ag-psd makes pixels by the browser's means unless told how.
initializeCanvas(
  () => {
    throw new Error('samples draw on no canvas');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' }),
);

/** A file of the 素材 that are handed out with a paper. */
export const material = (paper: string, name: string): Promise<Buffer> =>
  readFile(join(import.meta.dirname, '../../rubrics/papers', paper, 'materials', name));

/** A picture of the 素材, opened as an image program opens it. */
export async function open(paper: string, name: string): Promise<Sharp> {
  const bytes = await material(paper, name);
  if (name.endsWith('.bmp')) {
    const { data, width, height } = decodeBitmap(bytes);
    return sharp(data, { raw: { width, height, channels: 3 } });
  }
  if (!name.endsWith('.psd')) return sharp(bytes);
  const { imageData, width, height } = readPsd(bytes, { useImageData: true, skipLayerImageData: true });
  if (imageData === undefined) throw new Error(`${paper}/${name}: the PSD has no composite picture`);
  return sharp(Buffer.from(imageData.data), { raw: { width, height, channels: 4 } });
}

/** Finishes the steps so far: sharp has an order of its own in which it turns, crops and draws over. */
export async function settled(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}

/** Stretched to exactly that size, whatever the proportions. */
export const stretched = (picture: Sharp, width: number, height: number): Sharp =>
  picture.resize(width, height, { fit: 'fill' });

/** Saved for the web as a JPEG, the quality slider pulled down by 5 until the limit is kept. */
export async function jpegWithin(picture: Sharp, kb: number): Promise<Buffer> {
  for (let quality = 90; quality >= 30; quality -= 5) {
    const bytes = await picture.clone().jpeg({ quality }).toBuffer();
    if (bytes.length <= kb * 1024) return bytes;
  }
  throw new Error(`no quality from 90 to 30 gives a JPEG of at most ${kb} KB`);
}

/** Photoshop keeps room for metadata: a packet of blanks, in as many segments as it needs. */
const packet = (length: number): Buffer => {
  const head = Buffer.from(
    'http://ns.adobe.com/xap/1.0/\0<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
  );
  return Buffer.concat([head, Buffer.alloc(Math.max(0, length - head.length), 0x20)]).subarray(0, length);
};

const largestSegment = 60_000;

/** The JPEG with so much metadata that the file has exactly `total` bytes. @throws when that is too few */
export function withMetadata(jpeg: Buffer, total: number): Buffer {
  const segments: Buffer[] = [];
  for (let missing = total - jpeg.length; missing > 0; ) {
    const content = Math.min(missing - 4, largestSegment);
    if (content < 0) throw new Error(`a JPEG of ${jpeg.length} bytes cannot be padded to ${total}`);
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(content + 2, 2);
    segments.push(Buffer.concat([head, packet(content)]));
    missing -= content + 4;
  }
  if (jpeg.length > total) throw new Error(`the JPEG has ${jpeg.length} bytes already, more than ${total}`);
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A PNG with a text chunk that brings it to exactly `total` bytes, as editors leave whole editing histories in it. */
export function withHistory(png: Buffer, total: number): Buffer {
  const afterHeader = 33;
  const keyword = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0');
  const room = total - png.length - 12 - keyword.length;
  if (room < 0) throw new Error(`a PNG of ${png.length} bytes cannot be padded to ${total}`);
  const body = Buffer.concat([Buffer.from('iTXt'), keyword, packet(room)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

/** An uncompressed Windows bitmap: what Paint saves as “24 位位图”. */
export async function bitmap(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return bmp({ width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) });
}

export const gif = (picture: Sharp): Promise<Buffer> => picture.gif({ effort: 10 }).toBuffer();
