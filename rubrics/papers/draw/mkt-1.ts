import { photograph } from './camera.ts';
import { materialsOf, text } from './material.ts';
import { jpeg, render } from './raster.ts';
import { at, ellipse, linear, path, radial, rect, room, scatter, scene, shadow } from './scene.ts';
import { workbook } from './sheet.ts';
import { greenLeaf } from './tea.ts';

async function photo(body: string, seed: number): Promise<Buffer> {
  return jpeg(photograph(await render(scene(900, 600, body)), { seed, grain: 3 }));
}

/** A link of smoked sausage hanging from the origin, about 190 long, with specks of fat. */
const sausage = (): string =>
  path('M0 0 L0 24', 'none', 'stroke="#cbb48a" stroke-width="4"') +
  linear(['#a83a24', '#5e1a10'], 0, (paint) =>
    path('M-18 30 C-30 60 -32 150 -6 190 C18 196 24 150 20 100 C18 60 20 30 0 22Z', paint),
  ) +
  scatter(601, 26, { x: -18, y: 40, width: 34, height: 130, size: [0.6, 1.4] }, () =>
    ellipse(0, 0, 3, 2, '#f0c9a0', 'opacity="0.8"'),
  ) +
  path('M-14 44 C-22 90 -22 140 -10 172', 'none', 'stroke="#fff" stroke-width="4" opacity="0.3"');

/** A slab of smoked pork, 300 × 150 around the origin, in layers of fat and lean. */
const slab = (): string =>
  shadow(0, 76, 170, 20) +
  linear(['#7a2416', '#4a120b'], 90, (paint) => rect(-150, -75, 300, 150, paint, 'rx="18"')) +
  [-46, -12, 26]
    .map((y, i) =>
      path(
        `M-146 ${y} q70 ${i % 2 === 0 ? -16 : 16} 146 0 t146 0 l0 20 q-70 14 -146 0 t-146 0Z`,
        '#f0d4b0',
        'opacity="0.85"',
      ),
    )
    .join('') +
  rect(-150, -75, 300, 30, '#c98a4a', 'rx="14" opacity="0.75"') +
  rect(-150, -75, 300, 150, '#000', 'filter="url(#leafy)" rx="18" opacity="0.25"');

const smokehouse = (): string =>
  linear(['#5d4632', '#2a1d13'], 90, (paint) => rect(0, 0, 900, 600, paint)) +
  rect(0, 0, 900, 600, '#000', 'filter="url(#wood)"') +
  radial(['#ffca7a', '#5d4632'], (paint) => ellipse(450, 560, 420, 130, paint)) +
  rect(0, 120, 900, 22, '#8b6a45') +
  Array.from({ length: 14 }, (_, i) =>
    at(60 + i * 60, 140, sausage(), 1.25 + (i % 3) * 0.15, (i % 5) * 2 - 4),
  ).join('');

const board = (): string =>
  room(900, 600, 240, ['#efe2cb', '#b79a74'], '#8a5a34') +
  linear(['#d9a468', '#a8703a'], 90, (paint) => path('M110 300 L790 300 L850 540 L50 540Z', paint)) +
  at(350, 390, slab(), 1.05, -6) +
  [0, 1, 2, 3, 4].map((i) => at(560 + i * 44, 430 - (i % 2) * 12, slab(), 0.42, 70)).join('') +
  scatter(611, 14, { x: 120, y: 460, width: 300, height: 60, size: [0.5, 0.9] }, greenLeaf);

const giftBox = (): string =>
  room(900, 600, 330, ['#b8322a', '#6e1712'], '#7d4f2c') +
  [150, 450, 750]
    .map(
      (x) =>
        radial(['#ff9a5a', '#d3331f', '#8c130a'], (paint) => ellipse(x, 110, 66, 52, paint)) +
        rect(x - 3, 160, 6, 54, '#f3c14f'),
    )
    .join('') +
  shadow(450, 540, 300, 30) +
  linear(['#d6402f', '#8f1c14'], 90, (paint) => rect(210, 280, 480, 260, paint, 'rx="8"')) +
  rect(424, 280, 52, 260, '#f0c04d') +
  rect(210, 370, 480, 46, '#f0c04d') +
  path(
    'M450 284 C360 180 300 250 450 284 C600 250 540 180 450 284Z',
    '#f7d372',
    'stroke="#a87a1f" stroke-width="4"',
  ) +
  at(170, 440, sausage(), 1) +
  at(740, 430, sausage(), 1.05);

const data = workbook([
  {
    name: '粉丝增减',
    rows: [
      ['日期', '周一', '周二', '周三', '周四', '周五', '周六', '周日'],
      ['新关注', 120, 96, 210, 158, 305, 264, 187],
      ['取消关注', 18, 22, 30, 25, 41, 33, 31],
    ],
  },
  {
    name: '其他数据',
    rows: [
      ['项目', '数值', '单位'],
      ['期初粉丝', 8860, '人'],
      ['图文送达', 10000, '人'],
      ['图文阅读人数', 1250, '人'],
      ['图文阅读次数', 1800, '次'],
      ['女性粉丝', 6300, '人'],
      ['男性粉丝', 3450, '人'],
      ['性别未知', 250, '人'],
    ],
  },
]);

const facts = `
湘西腊味 企业资料
企业：湘西腊味食品合作社，湖南湘西，柴火慢熏三十天，土猪原料，不加防腐剂。
产品：柴火腊肉、手工腊肠、腊味礼盒
年货节活动：在公众号下单满 199 元减 30 元，满 99 元包邮
目标用户：在外工作的湖南人、喜欢地方美食的家庭
`;

export const mkt1 = materialsOf('MKT-1', {
  'smokehouse.jpg': () => photo(smokehouse(), 621),
  'board.jpg': () => photo(board(), 622),
  'giftbox.jpg': () => photo(giftBox(), 623),
  '粉丝数据.xlsx': () => data,
  '企业资料.txt': () => text(facts),
});
