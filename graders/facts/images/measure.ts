import type { ImageFact } from '../schema.ts';
import type { Raster } from './raster.ts';

/** Everything that is measured on pixels, ready to be spread into an image fact. */
export type Measures = Pick<ImageFact, 'alphaShare' | 'meanLuma' | 'contrast' | 'entropy' | 'dominant'> & {
  /** 8-bit luma over white, row by row, for the perceptual hash. */
  readonly luma: Float64Array;
};

/** Colour channels of the pixel at `at`, shown on white as a page shows it, and its alpha. */
function pixel(raster: Raster, at: number): [red: number, green: number, blue: number, alpha: number] {
  const { data, channels } = raster;
  const hasAlpha = channels === 2 || channels === 4;
  const alpha = hasAlpha ? (data[at + channels - 1] ?? 255) : 255;
  const over = (offset: number): number => ((data[at + offset] ?? 0) * alpha + 255 * (255 - alpha)) / 255;
  if (channels < 3) return [over(0), over(0), over(0), alpha];
  return [over(0), over(1), over(2), alpha];
}

/** Shannon entropy of a histogram in bits. */
function entropyOf(histogram: readonly number[], total: number): number {
  let bits = 0;
  for (const count of histogram) {
    if (count > 0) bits -= (count / total) * Math.log2(count / total);
  }
  return bits;
}

/** The fullest of 32×32×32 colour bins; the lowest bin among equals, so that equal pictures give equal facts. */
function dominantOf(bins: Uint32Array, total: number): { colour: string; share: number } {
  let best = 0;
  for (let bin = 1; bin < bins.length; bin++) {
    if ((bins[bin] ?? 0) > (bins[best] ?? 0)) best = bin;
  }
  const centre = (five: number): string => (five * 8 + 4).toString(16).padStart(2, '0');
  return {
    colour: `#${centre(best >> 10)}${centre((best >> 5) & 31)}${centre(best & 31)}`,
    share: rounded((bins[best] ?? 0) / total),
  };
}

/** Six decimals: more would be noise of the machine's floating point, and facts are compared byte by byte. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/**
 * Statistics of a raster in one pass. Luma is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601); transparent pixels are
 * shown on white, as a page would.
 */
export function measure(raster: Raster): Measures {
  const total = raster.width * raster.height;
  const luma = new Float64Array(total);
  const histogram = new Array<number>(256).fill(0);
  const bins = new Uint32Array(32 * 32 * 32);
  let sum = 0;
  let squares = 0;
  let transparent = 0;
  for (let i = 0; i < total; i++) {
    const [red, green, blue, alpha] = pixel(raster, i * raster.channels);
    const y = 0.299 * red + 0.587 * green + 0.114 * blue;
    luma[i] = y;
    sum += y;
    squares += y * y;
    if (alpha < 128) transparent++;
    const level = Math.min(255, Math.round(y));
    histogram[level] = (histogram[level] ?? 0) + 1;
    const bin = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const mean = sum / total;
  return {
    alphaShare: rounded(transparent / total),
    meanLuma: rounded(mean),
    contrast: rounded(Math.sqrt(Math.max(0, squares / total - mean * mean))),
    entropy: rounded(entropyOf(histogram, total)),
    dominant: dominantOf(bins, total),
    luma,
  };
}
