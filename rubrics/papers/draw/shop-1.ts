import { exposeTo, photograph } from './camera.ts';
import { materialsOf, text } from './material.ts';
import { anyNut, bowl, twig, walnut } from './nuts.ts';
import { jpeg, png, type Raster, render, tilt } from './raster.ts';
import { at, linear, path, rect, room, scatter, scene } from './scene.ts';
import { leaf } from './tea.ts';

const width = 1600;
const height = 1200;
/** How far the camera was held askew, degrees; the horizon falls to the right. */
export const nutSkew = 5;
/** Far below the 90 at which a picture counts as bright enough. */
const nutLuma = 62;

/** A shelf board with jars: level lines that show the tilt. */
const shelf = (y: number): string =>
  [90, 330, 1290, 1530, 1720]
    .map(
      (x, i) =>
        linear(['#e9d9b8', '#b88a52', '#7d5428'], 0, (paint) =>
          rect(x, y - 190, 130, 186, paint, 'rx="16"'),
        ) +
        rect(x + 12, y - 214, 106, 30, i % 2 === 0 ? '#7a2f22' : '#345a41', 'rx="6"') +
        rect(x + 16, y - 130, 98, 70, '#f6efdd') +
        at(x + 65, y - 95, walnut(), 0.9),
    )
    .join('') + rect(0, y - 4, 1950, 26, '#6b4526');

/** A bowl of nuts on a counter, dark and askew. */
async function nuts(): Promise<Raster> {
  const body = [
    room(1950, 1600, 860, ['#efe4cf', '#a98c66'], '#9b6436'),
    shelf(430),
    scatter(311, 26, { x: 250, y: 640, width: 1450, height: 180, size: [1, 1.9] }, twig),
    at(975, 1240, bowl(), 1.25),
    scatter(312, 42, { x: 260, y: 1230, width: 1430, height: 180, size: [1.4, 2] }, anyNut),
  ].join('');
  const level = await render(scene(1950, 1600, body));
  const askew = await tilt(level, nutSkew, width, height);
  return photograph(exposeTo(askew, nutLuma), { seed: 301, grain: 3, vignette: 0.12 });
}

/** A walnut between two leaves: a mark to build a sign from, not a finished sign. */
const mark = (): Promise<Buffer> =>
  render(
    scene(
      400,
      400,
      at(150, 190, leaf('#4f8a3c'), 2.4, -38) +
        at(250, 190, leaf('#6aa347'), 2.4, 38) +
        at(200, 250, walnut(), 4) +
        path('M96 372 Q200 400 304 372', 'none', 'stroke="#a8612c" stroke-width="10" stroke-linecap="round"'),
    ),
    true,
  ).then(png);

const facts = `
果然香坚果店 店铺资料
店名：果然香
标语：新店开业 满99减20
主推商品：每日混合坚果 750克（核桃、巴旦木、开心果、腰果）
价格：¥39.9
促销文字：新店开张优惠价、包邮
客服图标：客服；收藏图标：收藏；分类图标：坚果、蜜饯、礼盒
`;

export const shop1 = materialsOf('SHOP-1', {
  'nut.jpg': async () => jpeg(await nuts()),
  'mark.png': mark,
  '店铺资料.txt': () => text(facts),
});
