/**
 * A seeded source of numbers in [0, 1): mulberry32 by Tommy Ettinger (public domain). `Math.random` would draw
 * another leaf at every run, and a 素材 must keep its bytes: they are part of the paper's version.
 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of [low, high), one decimal: SVG text stays short and the same on every machine. */
export const between = (random: () => number, low: number, high: number): number =>
  Math.round((low + random() * (high - low)) * 10) / 10;
