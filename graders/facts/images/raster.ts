import sharp, { type Sharp } from 'sharp';

/** A picture in 8-bit samples, row by row; channels are RGB, RGBA, grey or grey with alpha. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Longest side of the raster that all statistics are taken from: enough for shares of one per cent. */
const reducedSide = 256;

const reduce = (image: Sharp): Sharp =>
  image
    .resize(reducedSide, reducedSide, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' });

async function output(image: Sharp): Promise<Raster> {
  const { data, info } = await reduce(image).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/**
 * Decodes the first frame once and reduces it on the way. A JPEG is shrunk while it is decoded, which still
 * reads every scan to its end: `failOn: 'truncated'` makes a missing last row an error, harmless warnings are none.
 * @throws when the picture does not decode to its last row
 */
export const reducedFile = (location: string, pixelCap: number): Promise<Raster> =>
  output(
    sharp(location, { failOn: 'truncated', limitInputPixels: pixelCap, sequentialRead: true, pages: 1 }),
  );

/** Reduces a picture that was decoded elsewhere. */
export const reducedRaster = (raster: Raster): Promise<Raster> =>
  output(
    sharp(raster.data, {
      raw: { width: raster.width, height: raster.height, channels: raster.channels === 4 ? 4 : 3 },
    }),
  );
