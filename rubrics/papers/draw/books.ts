import { between, seeded } from './random.ts';
import { at, ellipse, linear, path, rect, shadow } from './scene.ts';

const covers = ['#8c2f2a', '#27506e', '#3f6b43', '#b98a2f', '#5a3f6e', '#a85a2c', '#2f6f6a', '#7d7d86'];

const coverOf = (random: () => number): string => covers[Math.floor(random() * covers.length)] ?? '#8c2f2a';

/** One spine standing on y = 0, with bands and a label instead of letters. */
function spine(x: number, w: number, h: number, colour: string): string {
  return (
    rect(x, -h, w, h, colour, 'rx="3"') +
    rect(x, -h, w * 0.22, h, '#fff', 'opacity="0.14"') +
    rect(x + w * 0.75, -h, w * 0.25, h, '#000', 'opacity="0.22"') +
    rect(x, -h + 16, w, 5, '#f2dfae', 'opacity="0.8"') +
    rect(x, -30, w, 5, '#f2dfae', 'opacity="0.8"') +
    rect(x + w * 0.2, -h * 0.72, w * 0.6, h * 0.3, '#f5eed9', 'opacity="0.85"')
  );
}

/** A row of used books from x = 0 to `length`, each its own width, height and colour. */
export function row(seed: number, length: number): string {
  const random = seeded(seed);
  const books: string[] = [];
  for (let x = 0; x < length - 60; ) {
    const w = between(random, 26, 62);
    books.push(spine(x, w, between(random, 150, 215), coverOf(random)));
    x += w + (random() < 0.08 ? 40 : 1);
  }
  return books.join('');
}

/** A pile of `count` books lying flat, its foot at the origin. */
export function pile(seed: number, count: number): string {
  const random = seeded(seed);
  let y = 0;
  let drawn = shadow(10, 6, 190, 24);
  for (let i = 0; i < count; i += 1) {
    const h = between(random, 26, 46);
    const w = between(random, 250, 340);
    const x = -w / 2 + between(random, -24, 24);
    drawn +=
      rect(x, y - h, w, h, coverOf(random), 'rx="4"') +
      rect(x + w * 0.06, y - h + 5, w * 0.94, h - 10, '#f0e6cf') +
      [0.3, 0.5, 0.7].map((s) => rect(x + w * 0.06, y - h * s, w * 0.94, 1, '#b9a988')).join('');
    y -= h;
  }
  return drawn;
}

/** A book seen from the front, 300 × 400 around the origin: cover, page block and a drawn mark as its title. */
export const volume = (paints: readonly string[], mark: string): string =>
  [
    shadow(20, 206, 170, 26),
    path('M150 -190 L176 -174 L176 210 L150 200Z', '#efe6cf'),
    ...[0, 1, 2, 3].map((i) =>
      path(`M${155 + i * 6} -186 L${155 + i * 6} 203`, 'none', 'stroke="#b8a987" stroke-width="1"'),
    ),
    linear(paints, 55, (paint) => rect(-150, -200, 300, 400, paint, 'rx="6"')),
    rect(-150, -200, 26, 400, '#000', 'opacity="0.25"'),
    rect(-104, -166, 230, 332, 'none', 'stroke="#f5e7bd" stroke-width="4" opacity="0.8"'),
    at(10, -20, mark, 1),
    rect(-60, 92, 140, 12, '#f5e7bd', 'opacity="0.9"'),
    rect(-36, 116, 92, 9, '#f5e7bd', 'opacity="0.7"'),
    path('M-150 -200 L-60 -200 L-150 -60Z', '#fff', 'opacity="0.1"'),
  ].join('');

/** A desk lamp with its cone of light, the foot at the origin. */
export const lamp = (): string =>
  path('M-10 -300 L-190 20 L230 20 L60 -280Z', '#fff1c2', 'opacity="0.35" filter="url(#blur)"') +
  ellipse(130, 0, 70, 14, '#20262b') +
  path('M130 -4 L150 -180 L40 -300', 'none', 'stroke="#20262b" stroke-width="12"') +
  path('M-30 -290 L70 -340 L96 -280 L-4 -240Z', '#b4352c');
