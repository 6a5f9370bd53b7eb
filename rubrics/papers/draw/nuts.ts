import { between } from './random.ts';
import { at, ellipse, linear, path, radial, scatter, shadow } from './scene.ts';

/** A walnut in its shell, 60 wide, with seam and wrinkles. */
export const walnut = (): string =>
  radial(['#d9a86a', '#b07a3f', '#6e4420'], (paint) => ellipse(0, 0, 30, 27, paint)) +
  path('M0 -27 Q5 0 0 27', 'none', 'stroke="#5a3516" stroke-width="2.4"') +
  path(
    'M-9 -22 q-12 10 -4 20 q-10 8 0 20 M10 -22 q12 9 3 18 q11 10 0 22 M-20 -10 q6 8 0 18 M20 -8 q-6 8 1 16',
    'none',
    'stroke="#6f4520" stroke-width="1.6" opacity="0.8"',
  );

/** An almond, 20 × 44. */
const almond = (): string =>
  radial(['#c98647', '#9a5c2a', '#6b3a17'], (paint) =>
    path('M0 -24 C16 -10 15 16 0 22 C-15 16 -16 -10 0 -24Z', paint),
  ) +
  path(
    'M-6 -12 q-3 14 1 28 M0 -18 q1 18 0 34 M6 -12 q3 14 -1 28',
    'none',
    'stroke="#5c3113" stroke-width="1.1" opacity="0.7"',
  );

/** An opened pistachio. */
const pistachio = (): string =>
  radial(['#f0dfbf', '#d6bd92', '#a98a5c'], (paint) => ellipse(0, 0, 14, 22, paint)) +
  path('M-2 -21 Q-9 0 -2 20 Q8 0 -2 -21Z', '#86a04a') +
  path('M-2 -21 Q-9 0 -2 20', 'none', 'stroke="#7c6138" stroke-width="1.4"');

/** A cashew, bent. */
const cashew = (): string =>
  path('M-22 8 C-24 -16 10 -26 22 -8 C26 0 18 8 12 2 C4 -8 -8 -4 -8 8 C-8 18 -22 18 -22 8Z', '#e6c996') +
  path('M-18 6 C-18 -10 6 -18 18 -6', 'none', 'stroke="#fff3d6" stroke-width="3" opacity="0.7"');

const kinds = [walnut, almond, pistachio, cashew, almond];

export const anyNut = (random: () => number): string => {
  const kind = kinds[Math.floor(random() * kinds.length)] ?? walnut;
  return ellipse(3, 6, 24, 20, '#000', 'opacity="0.25"') + kind();
};

/** A heap of nuts in a wooden bowl, about 800 wide, the bowl's foot at the origin. */
export const bowl = (): string =>
  [
    shadow(0, 10, 420, 60),
    scatter(301, 120, { x: -300, y: -330, width: 600, height: 110, size: [1.5, 2.1] }, anyNut),
    scatter(302, 60, { x: -190, y: -400, width: 380, height: 90, size: [1.5, 2.1] }, anyNut),
    linear(['#8f5a2e', '#c98d52', '#6a3d1b'], 0, (paint) =>
      path('M-410 -270 C-400 -90 -220 0 0 0 C220 0 400 -90 410 -270 Q0 -180 -410 -270Z', paint),
    ),
    path(
      'M-410 -270 C-400 -90 -220 0 0 0 C220 0 400 -90 410 -270 Q0 -180 -410 -270Z',
      '#000',
      'filter="url(#wood)" opacity="0.8"',
    ),
    path('M-380 -220 Q0 -120 380 -220', 'none', 'stroke="#f1c994" stroke-width="8" opacity="0.35"'),
  ].join('');

/** Dark leaves as they stand behind a still life. */
export const twig = (random: () => number): string =>
  at(0, 0, path('M0 0 C-22 -20 -20 -66 0 -84 C20 -66 22 -20 0 0Z', '#5d7440'), between(random, 0.8, 1.1));
