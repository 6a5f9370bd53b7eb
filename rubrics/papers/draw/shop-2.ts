import { photograph } from './camera.ts';
import { materialsOf, text } from './material.ts';
import { between } from './random.ts';
import { jpeg, render } from './raster.ts';
import { at, ellipse, linear, path, radial, rect, room, scatter, scene, shadow } from './scene.ts';
import { workbook } from './sheet.ts';

async function photo(size: number, body: string, seed: number): Promise<Buffer> {
  return jpeg(photograph(await render(scene(size, size, body)), { seed, grain: 3, vignette: 0.1 }));
}

const chip = (random: () => number): string =>
  linear(['#f6d06a', '#d79a2f'], 0, (paint) => rect(-5, -34, 10, between(random, 50, 72), paint, 'rx="2"')) +
  rect(-5, -34, 3, 50, '#fff', 'opacity="0.35"');

/** The temperature knob, radius 60, with its scale of dots. */
const knob = (): string =>
  Array.from({ length: 11 }, (_, i) => at(0, 0, ellipse(0, -84, 4, 4, '#e9e4da'), 1, -120 + i * 24)).join(
    '',
  ) +
  radial(['#fafafa', '#a9adb2', '#5d6166'], (paint) => ellipse(0, 0, 62, 62, paint)) +
  radial(['#d9dcdf', '#85898e'], (paint) => ellipse(0, 0, 46, 46, paint)) +
  rect(-5, -58, 10, 34, '#d2452f', 'rx="4"');

/** An air fryer, 520 × 640, its foot at the origin. */
const fryer = (): string =>
  [
    shadow(10, 6, 300, 40),
    linear(['#3c4248', '#15181b', '#2a2f34'], 0, (paint) =>
      path('M-240 -10 C-270 -360 -230 -640 0 -640 C230 -640 270 -360 240 -10 Q0 20 -240 -10Z', paint),
    ),
    path('M-190 -90 C-216 -360 -176 -560 -70 -602', 'none', 'stroke="#fff" stroke-width="20" opacity="0.22"'),
    linear(['#5b6168', '#24282c'], 90, (paint) =>
      path('M-196 -24 L-206 -300 Q0 -330 206 -300 L196 -24 Q0 0 -196 -24Z', paint),
    ),
    linear(['#e5e7e9', '#8b9096', '#d9dcdf'], 90, (paint) => rect(-58, -210, 116, 46, paint, 'rx="20"')),
    rect(-30, -168, 60, 108, '#1b1e21', 'rx="18"'),
    at(0, -440, knob(), 1.15),
    ellipse(0, -610, 120, 16, '#000', 'opacity="0.5"'),
    ...[-60, -30, 0, 30, 60].map((x) => rect(x - 9, -616, 18, 8, '#070809', 'rx="4"')),
  ].join('');

const kitchen = (size: number): string =>
  room(size, size, size * 0.68, ['#f4ede2', '#c5b49c'], '#c9a57b') +
  Array.from({ length: 30 }, (_, i) =>
    rect(
      (i % 6) * (size / 6) + 3,
      Math.floor(i / 6) * (size / 8) + 3,
      size / 6 - 6,
      size / 8 - 6,
      '#fff',
      'opacity="0.35"',
    ),
  ).join('');

const basket = (): string =>
  kitchen(800) +
  shadow(400, 640, 330, 40) +
  linear(['#30353a', '#121416'], 90, (paint) => path('M110 330 L150 620 Q400 680 650 620 L690 330Z', paint)) +
  ellipse(400, 330, 292, 92, '#0d0f10') +
  scatter(511, 130, { x: 190, y: 290, width: 420, height: 80, size: [0.8, 1.3] }, chip) +
  path('M108 330 C110 210 690 210 692 330', 'none', 'stroke="#4a5056" stroke-width="16"') +
  rect(330, 560, 140, 170, '#1b1e21', 'rx="40"');

const closeUp = (): string =>
  linear(['#4a5057', '#15181b', '#33383d'], 30, (paint) => rect(0, 0, 800, 800, paint)) +
  rect(0, 0, 800, 800, '#fff', 'filter="url(#cloth)" opacity="0.12"') +
  at(400, 380, knob(), 3.6) +
  path('M60 760 C40 400 120 120 380 40', 'none', 'stroke="#fff" stroke-width="30" opacity="0.16"');

const plate = (): string =>
  room(800, 800, 300, ['#dfe8e4', '#9db3ab'], '#b98555') +
  shadow(400, 560, 330, 80) +
  radial(['#ffffff', '#e3e4e2', '#a8aaa7'], (paint) => ellipse(400, 530, 330, 150, paint)) +
  ellipse(400, 520, 230, 92, '#000', 'opacity="0.08"') +
  scatter(521, 120, { x: 240, y: 430, width: 320, height: 130, size: [0.9, 1.5] }, chip) +
  radial(['#e2533a', '#9b2313'], (paint) => ellipse(660, 420, 66, 34, paint));

const parameters = workbook([
  {
    name: '产品参数',
    rows: [
      ['参数', '内容'],
      ['品牌', '味朵'],
      ['型号', 'WD-50'],
      ['容量', '5L'],
      ['功率', '1400W'],
      ['电压', '220V'],
      ['温控', '80-200℃'],
      ['净重', '4.2kg'],
      ['保修', '2年'],
    ],
  },
]);

const facts = `
味朵空气炸锅 618 活动资料
海报文案：618年中大促 直降100
活动时间：6月16日—6月18日
按钮文字：立即抢购
店铺名称：味朵厨房电器
卖点参考：热风循环少油更健康；5L 大容量够全家吃；旋钮控温 80-200℃；炸篮可拆易清洗
`;

export const shop2 = materialsOf('SHOP-2', {
  'fryer.jpg': () => photo(1200, kitchen(1200) + at(600, 1000, fryer(), 1.35), 531),
  'detail_basket.jpg': () => photo(800, basket(), 532),
  'detail_knob.jpg': () => photo(800, closeUp(), 533),
  'detail_food.jpg': () => photo(800, plate(), 534),
  '产品参数.xlsx': () => parameters,
  '活动资料.txt': () => text(facts),
});
