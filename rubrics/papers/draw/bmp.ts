import type { Raster } from './raster.ts';

const header = 54;

/**
 * A 24-bit BMP as Windows writes it: BITMAPINFOHEADER, uncompressed, rows bottom to top, blue first
 * (learn.microsoft.com, "Bitmap Storage"). Written here because bmp-js stores rows top to bottom, which older
 * viewers in exam rooms show upside down.
 */
export function bmp({ width, height, channels, data }: Raster): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(header + row * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(header, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(row * height, 34);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * channels;
      const to = header + (height - 1 - y) * row + x * 3;
      file[to] = data[from + 2] ?? 0;
      file[to + 1] = data[from + 1] ?? 0;
      file[to + 2] = data[from] ?? 0;
    }
  }
  return file;
}
