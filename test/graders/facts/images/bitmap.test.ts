import bmp from 'bmp-js';
import { describe, expect, it } from 'vitest';
import { decodeBitmap } from '../../../../graders/facts/images/bitmap.ts';

const colours = [
  [250, 10, 20],
  [30, 240, 50],
  [60, 70, 230],
  [90, 100, 110],
] as const;

/** Two by two pixels, bottom row first in the file, behind a header of the given size. */
function bitmap(headerSize: number, bits: 24 | 32, masks?: readonly [number, number, number]): Buffer {
  const rowBytes = bits === 24 ? 8 : 8;
  const pixelsAt = 14 + headerSize + (headerSize === 40 && masks ? 12 : 0);
  const file = Buffer.alloc(pixelsAt + 2 * rowBytes);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(pixelsAt, 10);
  file.writeUInt32LE(headerSize, 14);
  file.writeInt32LE(2, 18);
  file.writeInt32LE(2, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(masks ? 3 : 0, 30);
  masks?.forEach((mask, i) => {
    file.writeUInt32LE(mask, 54 + 4 * i);
  });
  colours.forEach(([red, green, blue], i) => {
    const row = i < 2 ? 1 : 0;
    file.set([blue, green, red], pixelsAt + row * rowBytes + (i % 2) * (bits / 8));
  });
  return file;
}

describe('decodeBitmap', () => {
  const wanted = colours.flat();
  it.each([
    ['24 bits, old header', bitmap(40, 24)],
    ['24 bits, version 4 header', bitmap(108, 24)],
    ['24 bits, version 5 header', bitmap(124, 24)],
    ['32 bits', bitmap(40, 32)],
    ['32 bits with masks behind the old header', bitmap(40, 32, [0xff0000, 0xff00, 0xff])],
    ['32 bits with masks in the version 5 header', bitmap(124, 32, [0xff0000, 0xff00, 0xff])],
  ])('reads %s', (_, file) => {
    expect([...decodeBitmap(file).data]).toEqual(wanted);
  });

  it('reads a run-length encoded palette picture', () => {
    const palette = Buffer.from([0, 0, 0, 0, 20, 10, 250, 0]);
    const runs = Buffer.from([3, 1, 0, 0, 3, 0, 0, 0, 0, 1]);
    const head = Buffer.alloc(54);
    head.write('BM', 0, 'latin1');
    head.writeUInt32LE(54 + palette.length, 10);
    head.writeUInt32LE(40, 14);
    head.writeInt32LE(3, 18);
    head.writeInt32LE(2, 22);
    head.writeUInt16LE(8, 28);
    head.writeUInt32LE(1, 30);
    head.writeUInt32LE(2, 46);
    const { data } = decodeBitmap(Buffer.concat([head, palette, runs]));
    expect([...data]).toEqual([...new Array(9).fill(0), 250, 10, 20, 250, 10, 20, 250, 10, 20]);
  });

  it('refuses pixels that are missing before it makes room for them', () => {
    const { data } = bmp.encode({ width: 9, height: 9, data: Buffer.alloc(324) });
    expect(() => decodeBitmap(data.subarray(0, data.length - 1))).toThrow('pixels end too early');
    expect(() => decodeBitmap(bitmap(40, 32, [0xff, 0xff00, 0xff0000]))).toThrow('unusual colour masks');
  });
});
