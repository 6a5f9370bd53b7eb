import sharp, { type Sharp } from 'sharp';

/** Decoded pixels, 8 bits a channel, rows top to bottom: RGB (3 channels) or RGBA (4, straight alpha). */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

/** Renders an SVG text at its own size. Without `alpha` it lies on white and loses the alpha channel. */
export async function render(svg: string, alpha = false): Promise<Raster> {
  const picture = sharp(Buffer.from(svg)).toColourspace('srgb');
  const { data, info } = await (alpha ? picture.ensureAlpha() : picture.flatten({ background: '#ffffff' }))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: alpha ? 4 : 3, data: new Uint8Array(data) };
}

/** The pixels as input of a sharp pipeline. */
const toSharp = ({ data, width, height, channels }: Raster): Sharp =>
  sharp(data, { raw: { width, height, channels } });

/** A photo as a camera stores it: JPEG quality 85, no EXIF, so no orientation flag and no date. */
export const jpeg = (raster: Raster): Promise<Buffer> => toSharp(raster).jpeg({ quality: 85 }).toBuffer();

export const png = (raster: Raster): Promise<Buffer> =>
  toSharp(raster).png({ compressionLevel: 9 }).toBuffer();

export const gif = (raster: Raster): Promise<Buffer> => toSharp(raster).gif({ effort: 10 }).toBuffer();

/** Turned by 90 degrees to the left: what one gets who holds the camera upright and stores no orientation. */
export async function turnLeft(raster: Raster): Promise<Raster> {
  const { data, info } = await toSharp(raster).rotate(270).raw().toBuffer({ resolveWithObject: true });
  return { ...raster, width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** Tilted clockwise by `degrees` and cropped to `width` × `height` around the centre. */
export async function tilt(raster: Raster, degrees: number, width: number, height: number): Promise<Raster> {
  const { data, info } = await toSharp(raster).rotate(degrees).raw().toBuffer({ resolveWithObject: true });
  const left = Math.floor((info.width - width) / 2);
  const top = Math.floor((info.height - height) / 2);
  const crop = await sharp(data, {
    raw: { width: info.width, height: info.height, channels: raster.channels },
  })
    .extract({ left, top, width, height })
    .raw()
    .toBuffer();
  return { ...raster, width, height, data: new Uint8Array(crop) };
}
