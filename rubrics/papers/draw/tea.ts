import { between } from './random.ts';
import { at, ellipse, linear, path, radial, rect, scatter, shadow } from './scene.ts';

const greens = ['#3f6b2f', '#567f35', '#2f5526', '#6d8f3a'];

/** One leaf with its midrib, about 60 long, pointing up from the origin. */
export const leaf = (colour: string): string =>
  path('M0 0 C-18 -14 -16 -46 0 -62 C16 -46 18 -14 0 0Z', colour) +
  path('M0 0 Q2 -30 0 -60', 'none', 'stroke="#fff" stroke-opacity="0.35" stroke-width="1.5"');

export const greenLeaf = (random: () => number): string =>
  leaf(greens[Math.floor(random() * greens.length)] ?? '#3f6b2f');

/** A dry, rolled tea leaf. */
export const dryLeaf = (random: () => number): string =>
  path(
    `M0 0 q6 -9 3 -22 q-2 -9 3 -${between(random, 10, 18)} q4 12 2 24 q-1 12 -8 ${between(random, 14, 18)}Z`,
    '#2b1a0e',
  ) + path('M1 -2 q4 -12 2 -26', 'none', 'stroke="#8a6a43" stroke-width="1.2" opacity="0.8"');

/** A porcelain cup of dark tea on its saucer, about 320 wide, its foot at the origin. */
export const cup = (glaze: readonly string[], tea: readonly string[]): string =>
  [
    shadow(10, 12, 190, 34),
    radial(['#ffffff', '#cfd6d4', '#8f9a98'], (paint) => ellipse(0, 0, 185, 40, paint)),
    ellipse(0, -6, 110, 20, '#000', 'opacity="0.18"'),
    path('M118 -150 C210 -160 210 -40 100 -46', 'none', 'stroke="#b9c2bf" stroke-width="18"'),
    path('M118 -152 C200 -160 200 -48 104 -54', 'none', 'stroke="#fff" stroke-width="4" opacity="0.7"'),
    linear(glaze, 0, (paint) => path('M-140 -190 C-140 -70 -96 -8 0 -6 C96 -8 140 -70 140 -190Z', paint)),
    path('M-112 -176 C-110 -90 -84 -44 -56 -26', 'none', 'stroke="#fff" stroke-width="12" opacity="0.45"'),
    ellipse(0, -190, 140, 34, '#eef2f0'),
    radial(tea, (paint) => ellipse(0, -186, 126, 27, paint)),
    ellipse(-34, -192, 40, 6, '#fff', 'opacity="0.35"'),
    at(30, -96, leaf('#2e5a46'), 0.9, 30),
    at(34, -94, leaf('#3b7058'), 0.7, -40),
  ].join('');

/** Steam above a cup. */
export const steam = (): string =>
  [-46, 0, 44]
    .map((x) =>
      path(
        `M${x} 0 q-26 -44 0 -88 q26 -44 0 -96 q-22 -40 4 -80`,
        'none',
        'stroke="#fff" stroke-width="15" opacity="0.3" filter="url(#blur)" stroke-linecap="round"',
      ),
    )
    .join('');

/** A pressed round cake of dark tea, `r` wide each way, seen from the front: rim, hollow and leaf texture. */
export const teaCake = (r: number): string =>
  [
    radial(['#6b4a2d', '#4a301b', '#241508'], (paint) => ellipse(0, 0, r, r, paint)),
    ellipse(0, 0, r, r, '#000', 'filter="url(#leafy)"'),
    ellipse(0, 0, r * 0.93, r * 0.93, 'none', 'stroke="#8c6a45" stroke-width="5" opacity="0.5"'),
    radial(['#2b1a0d', '#54381f'], (paint) => ellipse(0, 0, r * 0.16, r * 0.16, paint)),
    scatter(
      21,
      90,
      { x: -r * 0.62, y: -r * 0.62, width: r * 1.24, height: r * 1.24, size: [0.5, 1.1] },
      dryLeaf,
    ),
  ].join('');

/** A wooden stand that holds a cake upright. */
export const stand = (w: number): string =>
  shadow(0, 8, w * 0.7, 22) +
  linear(['#7a4a28', '#4b2c16'], 90, (paint) =>
    path(
      `M${-w / 2} 0 L${-w / 2 - 22} -46 L${-w / 2 + 18} -46 L${-w / 2 + 40} -16 L${w / 2 - 40} -16 L${w / 2 - 18} -46 L${w / 2 + 22} -46 L${w / 2} 0Z`,
      paint,
    ),
  );

/** A brick of 茯砖茶 lying on its paper, 300 × 120, with golden specks on the cut side. */
export const brick = (): string =>
  [
    shadow(0, 10, 210, 30),
    path('M-210 6 L-150 -60 L220 -60 L190 6Z', '#d8c39a'),
    linear(['#5c3d22', '#3a2412'], 90, (paint) => rect(-150, -120, 300, 112, paint, 'rx="6"')),
    rect(-150, -120, 300, 112, '#000', 'filter="url(#leafy)" rx="6"'),
    path('M-150 -120 L-108 -164 L186 -164 L150 -120Z', '#7a5430'),
    path('M150 -120 L186 -164 L186 -56 L150 -8Z', '#2a190c'),
    scatter(33, 160, { x: -146, y: -116, width: 292, height: 104, size: [0.5, 1.4] }, () =>
      ellipse(0, 0, 2, 1.4, '#d9a33a'),
    ),
  ].join('');

/** A round-bellied teapot, about 380 wide, its foot at the origin. */
export const pot = (clay: readonly string[]): string =>
  [
    shadow(0, 6, 200, 30),
    path('M140 -140 C250 -210 250 -40 130 -60', 'none', `stroke="${clay[1] ?? '#6b3a22'}" stroke-width="22"`),
    path(
      'M-120 -90 C-190 -110 -190 -190 -236 -200 L-214 -216 C-160 -200 -160 -150 -110 -140Z',
      clay[1] ?? '#6b3a22',
    ),
    radial(clay, (paint) => ellipse(0, -96, 160, 100, paint)),
    radial(clay, (paint) => ellipse(0, -186, 86, 26, paint)),
    radial(clay, (paint) => ellipse(0, -216, 22, 18, paint)),
    path('M-110 -150 C-80 -186 -30 -192 0 -190', 'none', 'stroke="#fff" stroke-width="8" opacity="0.3"'),
  ].join('');
