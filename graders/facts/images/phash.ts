const side = 32;
const low = 8;

const cosines = Float64Array.from({ length: low * side }, (_, i) =>
  Math.cos((Math.PI * (2 * (i % side) + 1) * Math.floor(i / side)) / (2 * side)),
);

/** Average of the samples that fall into each of 32×32 equal fields, whatever the picture's own proportions. */
function fields(luma: Float64Array, width: number, height: number): Float64Array {
  const grid = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    const top = Math.floor((row * height) / side);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / side));
    for (let column = 0; column < side; column++) {
      const left = Math.floor((column * width) / side);
      const right = Math.max(left + 1, Math.floor(((column + 1) * width) / side));
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += luma[y * width + x] ?? 0;
      }
      grid[row * side + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return grid;
}

/** Where the field shown at (x, y) stands in the stored picture, by EXIF orientation 1 to 8 (EXIF 2.3, tag 0x0112). */
const stored: Readonly<Record<number, (x: number, y: number) => readonly [number, number]>> = {
  2: (x, y) => [side - 1 - x, y],
  3: (x, y) => [side - 1 - x, side - 1 - y],
  4: (x, y) => [x, side - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [y, side - 1 - x],
  7: (x, y) => [side - 1 - y, side - 1 - x],
  8: (x, y) => [side - 1 - y, x],
};

function upright(grid: Float64Array, orientation: number): Float64Array {
  const from = stored[orientation];
  if (from === undefined) return grid;
  return grid.map((_, i) => {
    const [x, y] = from(i % side, Math.floor(i / side));
    return grid[y * side + x] ?? 0;
  });
}

/** The 8×8 lowest frequencies of the two-dimensional DCT-II, rows first. */
function lowFrequencies(grid: Float64Array): number[] {
  const rows = new Float64Array(side * low);
  for (let y = 0; y < side; y++) {
    for (let u = 0; u < low; u++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += (grid[y * side + x] ?? 0) * (cosines[u * side + x] ?? 0);
      rows[y * low + u] = sum;
    }
  }
  return Array.from({ length: low * low }, (_, i) => {
    const u = i % low;
    const v = Math.floor(i / low);
    let sum = 0;
    for (let y = 0; y < side; y++) sum += (rows[y * low + u] ?? 0) * (cosines[v * side + y] ?? 0);
    return sum;
  });
}

/**
 * 64-bit perceptual hash of a picture as it is shown: signs of its low DCT frequencies against their median,
 * the constant term left out of the median (after Zauner, "Implementation and Benchmarking of Perceptual Image
 * Hash Functions", 2010). Equal pictures at other sizes or qualities differ in a few bits.
 * @param luma 8-bit luma, row by row; @param orientation EXIF, 1 to 8
 * @returns 16 hex digits
 */
export function phash(luma: Float64Array, width: number, height: number, orientation = 1): string {
  const frequencies = lowFrequencies(upright(fields(luma, width, height), orientation));
  const sorted = frequencies.slice(1).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  let bits = 0n;
  // A flat picture's frequencies are rounding noise around 0: they must not become bits that differ by machine.
  for (const value of frequencies) bits = (bits << 1n) | (value - median > 1e-6 ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}
