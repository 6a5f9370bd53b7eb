import { open, readFile } from 'node:fs/promises';
import { initializeCanvas, type PixelArray, readPsd } from 'ag-psd';
import sharp, { type Sharp } from 'sharp';
import { decodeBitmap } from '../../graders/facts/images/bitmap.ts';
import { headerOf } from '../../graders/facts/images/header.ts';
import { Problem } from '../http/problem.ts';

/** A layered A4 page at 300 dpi has 9 million pixels; this bounds what one look may cost. */
const mostPixels = 60_000_000;
/** A PSD or bitmap is read as a whole; bytes. */
const mostBytes = 256 * 1024 ** 2;
/** Longer sides are reduced: no screen shows more of them. Pixels. */
const longestSide = 8192;

interface Shown {
  readonly path: string;
  readonly bytes: number;
  readonly mime: string;
  readonly location: string;
}

/**
 * A picture that browsers cannot show, as a PNG stream: BMP, TIFF, and of a PSD what all its layers together look like.
 * @throws Problem 422 when it is no such picture, is too large, or does not decode
 */
export async function pngOf(file: Shown): Promise<Buffer> {
  const draw = painters[file.mime];
  if (!draw) throw new Problem(422, 'not-a-picture', `“${file.path}”不是可转换显示的图片。`);
  await refuseLarge(file);
  try {
    return await (await draw(file.location))
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 3 })
      .toBuffer();
  } catch (error) {
    throw new Problem(422, 'picture-unreadable', `“${file.path}”无法解码，可下载原文件查看。`, {
      cause: error,
    });
  }
}

const painters: Readonly<Record<string, (location: string) => Promise<Sharp>>> = {
  'image/bmp': async (location) => fromRaster(decodeBitmap(await readFile(location))),
  'image/tiff': async (location) => sharp(location, { limitInputPixels: mostPixels, pages: 1 }),
  'image/vnd.adobe.photoshop': async (location) => fromRaster(compositeOf(await readFile(location))),
};

interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

const fromRaster = ({ data, width, height, channels }: Raster): Sharp =>
  sharp(data, { raw: { width, height, channels: channels === 4 ? 4 : 3 } });

// The reader makes its rasters through these; plain arrays will do, and no canvas is asked for when only those are read.
initializeCanvas(
  () => {
    throw new Error('a PSD asked for a canvas');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' }),
);

function compositeOf(bytes: Buffer): Raster {
  const { imageData, width, height } = readPsd(bytes, {
    skipLayerImageData: true,
    skipThumbnail: true,
    useImageData: true,
  });
  if (!imageData) throw new Error('the PSD was saved without its composite picture');
  return { data: eightBit(imageData.data), width, height, channels: 4 };
}

/** Samples of 16 bits, or from 0 to 1, as screens show them. */
function eightBit(samples: PixelArray): Uint8Array {
  if (samples instanceof Uint16Array) return Uint8Array.from(samples, (sample) => sample >> 8);
  if (samples instanceof Float32Array) return Uint8Array.from(samples, (sample) => sample * 255);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

const formats: Readonly<Record<string, string>> = {
  'image/bmp': 'bmp',
  'image/vnd.adobe.photoshop': 'psd',
};

/** Sides are read from the header, before anything is decoded; a TIFF's are the decoder's to limit. */
async function refuseLarge({ path, bytes, mime, location }: Shown): Promise<void> {
  const format = formats[mime];
  const { width, height } = format ? headerOf(format, await head(location)) : { width: 0, height: 0 };
  if (bytes <= mostBytes && width * height <= mostPixels) return;
  throw new Problem(422, 'picture-too-large', `“${path}”过大，不能在线显示，可下载原文件查看。`);
}

async function head(location: string): Promise<Uint8Array> {
  const file = await open(location);
  try {
    const bytes = new Uint8Array(64);
    await file.read(bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    await file.close();
  }
}
