import { seeded } from './random.ts';
import type { Raster } from './raster.ts';

/** Mean 8-bit luma, 0.299 R + 0.587 G + 0.114 B, over every pixel (ITU-R BT.601). */
function meanLuma({ data, channels }: Raster): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += channels) {
    sum += 0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0);
  }
  return (sum * channels) / data.length;
}

/** Each channel times `gain`, cut at 255: more or less exposure of the same scene. */
function expose(raster: Raster, gain: number): Raster {
  return { ...raster, data: raster.data.map((value) => Math.min(255, Math.round(value * gain))) };
}

/** Exposed so that the mean luma is `luma`. Only for darkening: cut highlights would miss the mark. */
export const exposeTo = (raster: Raster, luma: number): Raster => expose(raster, luma / meanLuma(raster));

export interface Camera {
  readonly seed: number;
  /** Standard deviation of the sensor's grain, 8-bit levels. */
  readonly grain?: number;
  /** Light lost in the corners, share of 1. */
  readonly vignette?: number;
}

/**
 * What a sensor adds to a drawn scene: grain in every pixel and darker corners. Without it a picture has
 * flat areas that no photo has, and measures of brightness, rotation and similarity mean nothing.
 */
export function photograph(raster: Raster, { seed, grain = 4, vignette = 0.18 }: Camera): Raster {
  const random = seeded(seed);
  const { width, height, channels } = raster;
  const data = new Uint8Array(raster.data);
  const reach = (width * width + height * height) / 4;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const fromCentre = ((x - width / 2) ** 2 + (y - height / 2) ** 2) / reach;
      const light = 1 - vignette * fromCentre;
      // The sum of three even numbers is near enough to a bell curve; its deviation is 1/2.
      const noise = (random() + random() + random() - 1.5) * 2 * grain;
      const at = (y * width + x) * channels;
      for (let c = 0; c < 3; c += 1) {
        data[at + c] = Math.max(0, Math.min(255, Math.round((data[at + c] ?? 0) * light + noise)));
      }
    }
  }
  return { ...raster, data };
}
