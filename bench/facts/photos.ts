import { join } from 'node:path';
import sharp from 'sharp';

/** Sizes of cameras and phones, 3 to 12 megapixels, upright and across. */
const sizes = [
  [2048, 1536],
  [1944, 2592],
  [2816, 2112],
  [2448, 3264],
  [3456, 2304],
  [3000, 4000],
] as const;

/** A small generator with a seed (mulberry32): the same photos on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Light that falls off in two directions, with the noise of a sensor over it: such a picture compresses like a photo. */
function scene(width: number, height: number, random: () => number): Buffer {
  const noise = Int8Array.from({ length: 65_536 }, () => (random() + random() + random() - 1.5) * 24);
  const [tilt, fall, warmth] = [random() * 160, random() * 160, random() * 60];
  const pixels = Buffer.alloc(width * height * 3);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const start = Math.floor(random() * noise.length);
    for (let x = 0; x < width; x += 1) {
      const light = 40 + (tilt * x) / width + (fall * y) / height;
      for (let channel = 0; channel < 3; channel += 1) {
        const grain = noise[(start + x * 3 + channel) & 0xffff] ?? 0;
        pixels[at] = Math.max(0, Math.min(255, light + grain + warmth * (1 - channel)));
        at += 1;
      }
    }
  }
  return pixels;
}

/** Writes as many photos as asked. @returns their sum in megapixels */
export async function drawPhotos(folder: string, count: number): Promise<number> {
  let megapixels = 0;
  for (let index = 0; index < count; index += 1) {
    const [width, height] = sizes[index % sizes.length] ?? sizes[0];
    const raw = { width, height, channels: 3 as const };
    const path = join(folder, `photo-${String(index + 1).padStart(2, '0')}.jpg`);
    await sharp(scene(width, height, seeded(index + 1)), { raw })
      .jpeg({ quality: 88 })
      .toFile(path);
    megapixels += (width * height) / 1e6;
  }
  return megapixels;
}
