import bmp from 'bmp-js';
import type { Raster } from './raster.ts';

const fileHeader = 14;
const plainHeader = 40;

/** Row order of 32-bit pixels that bmp-js reads when told they are not masked: blue, green, red, unused. */
const usualMasks = [0x00ff0000, 0x0000ff00, 0x000000ff] as const;

interface Layout {
  readonly headerSize: number;
  readonly pixelsAt: number;
  readonly bits: number;
  readonly compression: number;
  readonly colours: number;
  readonly rawBytes: number;
}

function layoutOf(file: Buffer): Layout {
  const headerSize = file.readUInt32LE(14);
  if (headerSize < plainHeader) throw new Error(`OS/2 bitmap header of ${headerSize} bytes is not read`);
  const bits = file.readUInt16LE(28);
  const width = Math.abs(file.readInt32LE(18));
  const height = Math.abs(file.readInt32LE(22));
  const colours = bits > 8 ? 0 : file.readUInt32LE(46) || 1 << bits;
  if (bits <= 8 && colours > 1 << bits)
    throw new Error(`${colours} palette colours for ${bits} bits a pixel`);
  return {
    headerSize,
    pixelsAt: file.readUInt32LE(10),
    bits,
    compression: file.readUInt32LE(30),
    colours,
    rawBytes: (((bits * width + 31) >> 5) << 2) * height,
  };
}

/** bmp-js expects 16 mask bytes for 16 bits; 32 masked bits it reads in one fixed order, so the usual order is unmasked. */
function masksOf(file: Buffer, layout: Layout): { bytes: Buffer; compression: number } {
  if (layout.compression !== 3) return { bytes: Buffer.alloc(0), compression: layout.compression };
  if (layout.bits === 16) {
    return { bytes: Buffer.concat([file.subarray(54, 66), Buffer.alloc(4)]), compression: 3 };
  }
  if (usualMasks.every((mask, i) => file.readUInt32LE(54 + 4 * i) === mask)) {
    return { bytes: Buffer.alloc(0), compression: 0 };
  }
  throw new Error('bitmap with unusual colour masks');
}

/**
 * bmp-js knows only the 40-byte header with palette and pixels right behind it: lays any newer file out that way.
 * It also puts the first run-length encoded row at the top although it is the bottom one: one more row and a line
 * end before the first run make it start where it should, and the row too many ends up below the picture.
 */
function plain(file: Buffer): Buffer {
  const layout = layoutOf(file);
  const uncompressed = layout.compression === 0 || layout.compression === 3;
  if (uncompressed && file.length < layout.pixelsAt + layout.rawBytes)
    throw new RangeError('pixels end too early');
  const masks = masksOf(file, layout);
  const head = Buffer.from(file.subarray(0, fileHeader + plainHeader));
  head.writeUInt32LE(masks.compression, 30);
  head.writeUInt32LE(layout.colours, 46);
  const paletteAt = fileHeader + layout.headerSize;
  const runs = !uncompressed;
  if (runs && file.readInt32LE(22) < 0) throw new Error('run-length encoded rows that run downwards');
  if (runs) head.writeInt32LE(file.readInt32LE(22) + 1, 22);
  const lineEnd = Buffer.alloc(runs ? 2 : 0);
  const palette = file.subarray(paletteAt, paletteAt + 4 * layout.colours);
  return Buffer.concat([head, masks.bytes, palette, lineEnd, file.subarray(layout.pixelsAt)]);
}

/**
 * Decodes a Windows bitmap (1 to 32 bits, run-length encoded too) to RGB. The caller has capped its size.
 * @throws when pixels are missing or the variant is not read
 */
export function decodeBitmap(file: Buffer): Raster {
  const { data, width } = bmp.decode(plain(file));
  const height = Math.abs(file.readInt32LE(22));
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from + 3] ?? 0;
    rgb[to + 1] = data[from + 2] ?? 0;
    rgb[to + 2] = data[from + 1] ?? 0;
  }
  return { data: rgb, width, height, channels: 3 };
}
