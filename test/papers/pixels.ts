import { readFileSync } from 'node:fs';
import { initializeCanvas, type Psd, readPsd } from 'ag-psd';
import sharp, { type Sharp } from 'sharp';

/** RGB, 8 bits, rows top to bottom. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An uncompressed 24-bit BMP, rows bottom to top as Windows writes it. */
export function bitmapPixels(file: Buffer): Pixels {
  if (file.toString('latin1', 0, 2) !== 'BM') throw new Error('not a BMP');
  const [from, width, height] = [file.readUInt32LE(10), file.readInt32LE(18), file.readInt32LE(22)];
  const row = Math.ceil((width * 3) / 4) * 4;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width * 3; x += 3) {
      const at = from + (height - 1 - y) * row + x;
      data.set([file[at + 2] ?? 0, file[at + 1] ?? 0, file[at] ?? 0], y * width * 3 + x);
    }
  }
  return { width, height, data };
}

// ag-psd asks for a canvas only to allocate pixels; a plain array serves as well.
initializeCanvas(
  () => {
    throw new Error('no canvas here: read with useImageData');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' }),
);

/** A layered file with the pixels of its layers and of their composite. */
export const readLayers = (file: Buffer): Psd => readPsd(file, { useImageData: true });

/** What Photoshop shows of a layered file. */
function compositeOf(file: Buffer): Sharp {
  const { imageData } = readLayers(file);
  if (imageData === undefined) throw new Error('the PSD has no composite');
  const { width, height, data } = imageData;
  return sharp(Uint8Array.from(data), { raw: { width, height, channels: 4 } });
}

/** The pixels of a picture as stored, by its magic bytes; transparency laid on white. */
export async function pixelsIn(file: Buffer): Promise<Pixels> {
  if (file.toString('latin1', 0, 2) === 'BM') return bitmapPixels(file);
  const picture = file.toString('latin1', 0, 4) === '8BPS' ? compositeOf(file) : sharp(file);
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

export const pixelsAt = (path: string): Promise<Pixels> => pixelsIn(readFileSync(path));

/** Mean 8-bit luma, 0.299 R + 0.587 G + 0.114 B, of all rows or of a band of them. */
export function lumaOf({ width, height, data }: Pixels, band = { top: 0, height }): number {
  let sum = 0;
  const [first, last] = [band.top * width * 3, (band.top + band.height) * width * 3];
  for (let i = first; i < last; i += 3) {
    sum += 0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0);
  }
  return sum / (width * band.height);
}
