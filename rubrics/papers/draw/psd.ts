import { writePsdBuffer } from 'ag-psd';
import type { Raster } from './raster.ts';

const imageData = ({
  width,
  height,
  data,
}: Raster): { width: number; height: number; data: Uint8ClampedArray } => ({
  width,
  height,
  data: new Uint8ClampedArray(data),
});

/** A Photoshop file of RGBA layers (bottom first) of the picture's size, beside their composite. */
export function psd(composite: Raster, layers: Readonly<Record<string, Raster>>): Buffer {
  return writePsdBuffer({
    width: composite.width,
    height: composite.height,
    imageData: imageData(composite),
    children: Object.entries(layers).map(([name, raster]) => ({
      name,
      left: 0,
      top: 0,
      imageData: imageData(raster),
    })),
  });
}
