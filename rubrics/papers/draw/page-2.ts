import { lamp, pile, row, volume } from './books.ts';
import { photograph } from './camera.ts';
import { materialsOf, text } from './material.ts';
import { gif, jpeg, render } from './raster.ts';
import { at, ellipse, linear, path, radial, rect, room, scatter, scene } from './scene.ts';
import { greenLeaf } from './tea.ts';

/** Larger than the asked 780 × 300 and of its ratio, so that nothing need be cropped. */
const adSize = [1560, 600] as const;

async function photo(width: number, height: number, body: string, seed: number): Promise<Buffer> {
  return jpeg(photograph(await render(scene(width, height, body)), { seed, grain: 3 }));
}

const shelves = (): string =>
  linear(['#6b4527', '#4c2f1a'], 90, (paint) => rect(0, 0, 1560, 600, paint)) +
  rect(0, 0, 1560, 600, '#000', 'filter="url(#wood)"') +
  [0, 1].map((i) => at(20, 275 + i * 285, row(401 + i, 1520), 1.15)).join('') +
  [275, 560]
    .map((y) => rect(0, y, 1560, 24, '#8f5f36') + rect(0, y + 24, 1560, 10, '#000', 'opacity="0.4"'))
    .join('');

const desk = (): string =>
  room(1560, 600, 400, ['#dfe6e0', '#9fb0ad'], '#a8713f') +
  at(360, 520, pile(411, 6), 1.2) +
  at(760, 540, pile(412, 3), 1.1) +
  at(1130, 500, lamp(), 1.2) +
  at(1330, 470, volume(['#2f6f6a', '#173d3b'], ellipse(0, 0, 46, 46, '#f2c14e')), 0.5, 8);

const campus = (): string =>
  linear(['#8ec3ea', '#f3ead2'], 90, (paint) => rect(0, 0, 1560, 420, paint)) +
  [180, 560, 1250]
    .map((x, i) => ellipse(x, 80 + i * 26, 120, 26, '#fff', 'opacity="0.7" filter="url(#blur)"'))
    .join('') +
  linear(['#c9705a', '#8f4636'], 90, (paint) => rect(430, 120, 720, 300, paint)) +
  Array.from({ length: 24 }, (_, i) =>
    rect(462 + (i % 8) * 86, 150 + Math.floor(i / 8) * 86, 48, 58, i % 5 === 0 ? '#f7e3a1' : '#41566a'),
  ).join('') +
  path('M400 122 L790 30 L1180 122Z', '#6e3226') +
  linear(['#6fa04b', '#3d6e2f'], 90, (paint) => rect(0, 410, 1560, 190, paint)) +
  rect(0, 410, 1560, 190, '#000', 'filter="url(#leafy)" opacity="0.5"') +
  path('M690 600 L760 412 L820 412 L900 600Z', '#d9cbb0') +
  [110, 290, 1290, 1450]
    .map(
      (x, i) =>
        rect(x - 9, 300, 18, 140, '#5a3d24') +
        scatter(420 + i, 130, { x: x - 96, y: 180, width: 192, height: 170, size: [0.7, 1.2] }, greenLeaf),
    )
    .join('') +
  at(1110, 560, pile(431, 3), 0.7);

const star = path('M0 -60 L17 -20 L60 -18 L26 10 L38 52 L0 28 L-38 52 L-26 10 L-60 -18 L-17 -20Z', '#f5e7bd');
const wave = [0, 1, 2]
  .map((i) => path(`M-80 ${-30 + i * 34} q40 -34 80 0 t80 0`, 'none', 'stroke="#f5e7bd" stroke-width="10"'))
  .join('');
const rings = [62, 42, 20]
  .map((r) => ellipse(0, 0, r, r, 'none', 'stroke="#f5e7bd" stroke-width="8"'))
  .join('');

const bookOnDesk = (paints: readonly string[], mark: string, turn: number): string =>
  room(600, 600, 430, ['#ece5d6', '#b5a88f'], '#9c6b3e') + at(300, 300, volume(paints, mark), 1.1, turn);

/** A book with a downward arrow: a little sign that leads to the registration form. */
const sign =
  radial(['#ffd88a', '#f0a132'], (paint) => ellipse(50, 50, 48, 48, paint)) +
  path(
    'M20 34 Q36 26 50 36 Q64 26 80 34 L80 66 Q64 58 50 68 Q36 58 20 66Z',
    '#fff8e7',
    'stroke="#7a2f22" stroke-width="3"',
  ) +
  path('M50 36 L50 68', 'none', 'stroke="#7a2f22" stroke-width="3"') +
  path('M42 70 L58 70 L50 86Z', '#c0392b');

const facts = `
书香二手书店 文字资料
标题：书香二手书店
关键字：二手书,教材,考研,书香
描述：湖南高校二手教材交易，低至三折，当面交易更放心。
左栏分类：教材、考研、外语、小说、期刊
书目：大学英语 12 元；高等数学 15 元；电子商务概论 18 元
底部：书香二手书店 版权所有
`;

export const page2 = materialsOf('PAGE-2', {
  'ad1.jpg': () => photo(...adSize, shelves(), 441),
  'ad2.jpg': () => photo(...adSize, desk(), 442),
  'ad3.jpg': () => photo(...adSize, campus(), 443),
  'book1.jpg': () => photo(600, 600, bookOnDesk(['#27506e', '#14293a'], wave, -4), 451),
  'book2.jpg': () => photo(600, 600, bookOnDesk(['#8c2f2a', '#4a1513'], rings, 3), 452),
  'book3.jpg': () => photo(600, 600, bookOnDesk(['#3f6b43', '#1e3821'], star, -2), 453),
  'float.gif': async () => gif(await render(scene(100, 100, sign), true)),
  '文字资料.txt': () => text(facts),
});
