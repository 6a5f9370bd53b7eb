import { photograph } from './camera.ts';
import { materialsOf, text } from './material.ts';
import { jpeg, render } from './raster.ts';
import { at, ellipse, linear, path, radial, rect, room, scatter, scene, shadow } from './scene.ts';
import { workbook } from './sheet.ts';
import { cup, greenLeaf, steam } from './tea.ts';

async function photo(body: string, seed: number): Promise<Buffer> {
  return jpeg(photograph(await render(scene(900, 600, body)), { seed, grain: 3 }));
}

/** A roasted bean, 26 × 36. */
const bean = (): string =>
  radial(['#7a4a28', '#4a2913', '#241208'], (paint) => ellipse(0, 0, 13, 18, paint)) +
  path('M0 -17 q7 9 0 17 q-7 9 0 17', 'none', 'stroke="#1c0d05" stroke-width="3"');

/** A latte from above, radius 150, with a drawn leaf in its foam. */
const latte = (): string =>
  shadow(10, 16, 190, 180) +
  radial(['#ffffff', '#dfe3e2', '#9aa3a1'], (paint) => ellipse(0, 0, 190, 190, paint)) +
  radial(['#fbfbfa', '#c9cfcd'], (paint) => ellipse(0, 0, 150, 150, paint)) +
  radial(['#c98b52', '#93562a', '#6b3a18'], (paint) => ellipse(0, 0, 132, 132, paint)) +
  [0, 1, 2, 3, 4]
    .map((i) =>
      path(
        `M0 ${-70 + i * 30} q${-70 + i * 7} -6 ${-80 + i * 9} -40 M0 ${-70 + i * 30} q${70 - i * 7} -6 ${80 - i * 9} -40`,
        'none',
        'stroke="#f6e6cf" stroke-width="13" stroke-linecap="round"',
      ),
    )
    .join('') +
  path('M0 -96 L0 98', 'none', 'stroke="#f6e6cf" stroke-width="10"');

const table = (): string =>
  linear(['#a8743f', '#6e4522'], 20, (paint) => rect(0, 0, 900, 600, paint)) +
  rect(0, 0, 900, 600, '#000', 'filter="url(#wood)"') +
  at(360, 310, latte(), 1.2) +
  scatter(701, 60, { x: 610, y: 60, width: 250, height: 480, size: [0.8, 1.4] }, bean);

const window = (): string =>
  room(900, 600, 420, ['#e9e2d2', '#b6a888'], '#8c5c34') +
  linear(['#bfe0f2', '#f6efd9'], 90, (paint) => rect(420, 40, 420, 330, paint)) +
  scatter(711, 70, { x: 430, y: 200, width: 400, height: 170, size: [0.6, 1.1] }, greenLeaf) +
  rect(624, 40, 12, 330, '#6e4b2c') +
  rect(412, 30, 436, 350, 'none', 'stroke="#6e4b2c" stroke-width="16"') +
  at(220, 320, steam(), 0.8) +
  at(240, 540, cup(['#6b8f8a', '#9cc0ba', '#48655f'], ['#7a4520', '#3a1c0a']), 0.95);

const storefront = (): string =>
  linear(['#9fc7e6', '#e9eef0'], 90, (paint) => rect(0, 0, 900, 600, paint)) +
  linear(['#8a5a3a', '#5d3a24'], 90, (paint) => rect(120, 60, 660, 460, paint)) +
  rect(120, 60, 660, 460, '#000', 'filter="url(#cloth)" opacity="0.5"') +
  Array.from({ length: 11 }, (_, i) =>
    path(`M${110 + i * 62} 190 l62 0 l-6 70 q-25 18 -50 0Z`, i % 2 === 0 ? '#c8452f' : '#f7efe0'),
  ).join('') +
  [170, 520]
    .map(
      (x) =>
        radial(['#fff1c0', '#d9a65a'], (paint) => rect(x, 290, 210, 190, paint)) +
        rect(x + 100, 290, 8, 190, '#4a2d18'),
    )
    .join('') +
  rect(405, 290, 90, 230, '#3a2414') +
  ellipse(482, 410, 6, 6, '#f0c04d') +
  at(450, 128, bean(), 2.6, 30) +
  at(380, 128, bean(), 1.8, -20) +
  at(520, 128, bean(), 1.8, 70) +
  linear(['#b9b2a6', '#8d867b'], 90, (paint) => rect(0, 520, 900, 80, paint)) +
  [60, 840]
    .map(
      (x, i) =>
        rect(x - 26, 470, 52, 60, '#a8602f') +
        scatter(720 + i, 50, { x: x - 44, y: 380, width: 88, height: 100, size: [0.6, 1] }, greenLeaf),
    )
    .join('');

const data = workbook([
  {
    name: '微博数据',
    rows: [
      ['微博', '阅读', '转发', '评论', '点赞'],
      [1, 12000, 96, 144, 360],
      [2, 8000, 40, 60, 140],
      [3, 20000, 500, 300, 800],
      [4, 6000, 18, 30, 72],
      [5, 14000, 140, 210, 350],
    ],
  },
  {
    name: '活跃时段',
    rows: [
      ['时段', '活跃占比'],
      ['8:00-10:00', '12%'],
      ['10:00-12:00', '9%'],
      ['12:00-14:00', '16%'],
      ['14:00-18:00', '13%'],
      ['18:00-20:00', '15%'],
      ['20:00-22:00', '25%'],
      ['22:00-24:00', '10%'],
    ],
  },
]);

const facts = `
豆时光咖啡店 资料
位置：某高校南门，面积 60 平方米，主要顾客为在校学生与年轻教师
产品：现磨美式、拿铁、手冲，均价 22 元；校园联名杯
活动：新品“桂花拿铁”上市，预算 3000 元
微博账号：@豆时光咖啡
`;

export const mkt2 = materialsOf('MKT-2', {
  'latte.jpg': () => photo(table(), 731),
  'window.jpg': () => photo(window(), 732),
  'storefront.jpg': () => photo(storefront(), 733),
  '微博数据.xlsx': () => data,
  '店铺资料.txt': () => text(facts),
});
