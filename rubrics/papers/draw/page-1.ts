import { bmp } from './bmp.ts';
import { exposeTo, photograph } from './camera.ts';
import { materialsOf, text } from './material.ts';
import { psd } from './psd.ts';
import { between, seeded } from './random.ts';
import { jpeg, type Raster, render, turnLeft } from './raster.ts';
import { at, ellipse, linear, path, radial, rect, room, scatter, scene, shadow } from './scene.ts';
import { brick, cup, dryLeaf, greenLeaf, leaf, pot, stand, steam, teaCake } from './tea.ts';

/** A ridge of hills across `width`, and below it everything filled. */
function ridge(
  seed: number,
  width: number,
  height: number,
  top: number,
  rise: number,
  paint: string,
): string {
  const random = seeded(seed);
  const points = Array.from(
    { length: 14 },
    (_, i) => `${(i * width) / 13} ${between(random, top - rise, top + rise)}`,
  );
  return path(`M0 ${height} L${points.join(' L')} L${width} ${height}Z`, paint, 'stroke-linejoin="round"');
}

/** Rows of tea bushes that run down a slope. */
const terraces = (width: number, top: number): string =>
  [0, 1, 2, 3, 4, 5, 6]
    .map((i) => {
      const y = top + i * i * 5 + i * 9;
      return path(
        `M0 ${y} Q${width * 0.28} ${y - 38} ${width * 0.55} ${y} T${width} ${y - 14} L${width} ${y + 16} Q${width * 0.7} ${y + 8} ${width * 0.5} ${y + 22} T0 ${y + 22}Z`,
        i % 2 === 0 ? '#4d7a35' : '#2f5a2a',
      );
    })
    .join('');

/** Tea hills in the morning, 2000 × 600 like the banner's ratio of 10:3. */
async function hills(): Promise<Raster> {
  const body = [
    linear(['#8fb6d8', '#f4dfc0'], 90, (paint) => rect(0, 0, 2000, 600, paint)),
    radial(['#fff6d8', '#f7d98a'], (paint) => ellipse(1560, 130, 66, 66, paint)),
    ridge(5, 2000, 600, 210, 60, '#8ea7ae'),
    ridge(9, 2000, 600, 280, 46, '#5f8572'),
    ridge(14, 2000, 600, 340, 30, '#3f6a4a'),
    terraces(2000, 350),
    rect(0, 330, 2000, 270, '#000', 'filter="url(#leafy)" opacity="0.55"'),
    scatter(77, 260, { x: 0, y: 430, width: 2000, height: 190, size: [0.3, 0.9] }, greenLeaf),
    at(330, 560, cup(['#f7f8f6', '#dfe6e2', '#9fb0aa'], ['#a4551c', '#5a2408']), 1.1),
  ].join('');
  return photograph(await render(scene(2000, 600, body)), { seed: 101, grain: 3 });
}

/** A dark lacquered caddy with a brass lid, 150 wide, its foot at the origin. */
const caddy = (): string =>
  [
    shadow(14, 4, 96, 20),
    linear(['#3a1712', '#8c3a26', '#1f0b08'], 0, (paint) => rect(-75, -330, 150, 330, paint, 'rx="14"')),
    linear(['#7a5a1e', '#f0d488', '#6b4c16'], 0, (paint) => rect(-80, -372, 160, 54, paint, 'rx="12"')),
    radial(['#f7e3a1', '#8a6a22'], (paint) => ellipse(0, -384, 20, 16, paint)),
    rect(-75, -90, 150, 12, '#d8b45c', 'opacity="0.8"'),
    rect(-50, -316, 14, 300, '#fff', 'opacity="0.22"'),
  ].join('');

/**
 * A tea cake on its stand beside a dark caddy: the photo that lies on its side. Upright it is 600 × 800. Left and
 * right differ as much as above and below, so that a mirrored picture is told from a turned one.
 */
async function cakeOnStand(): Promise<Raster> {
  const body = [
    room(600, 800, 560, ['#f3f1df', '#7f967f'], '#8a5a34'),
    at(220, 410, teaCake(185)),
    at(220, 625, stand(260)),
    at(500, 640, caddy()),
    scatter(41, 46, { x: 40, y: 690, width: 380, height: 90, size: [0.6, 1.2] }, dryLeaf),
    at(96, 150, leaf('#4e7d3b'), 2.2, 50),
    at(60, 190, leaf('#6a9447'), 1.8, 100),
  ].join('');
  return photograph(await render(scene(600, 800, body)), { seed: 111 });
}

/** A steaming cup by the window. */
async function cupByWindow(): Promise<Raster> {
  const body = [
    room(600, 800, 520, ['#f6ead2', '#b39b7a'], '#9a6437'),
    linear(['#fffdf2', '#cfe3ee'], 90, (paint) => rect(330, 40, 230, 330, paint)),
    rect(438, 40, 12, 330, '#8a6a48'),
    rect(330, 196, 230, 10, '#8a6a48'),
    at(250, 430, steam()),
    at(270, 680, cup(['#fbfcfb', '#e1e8e6', '#93a29d'], ['#b5601f', '#5e2709'])),
    scatter(52, 34, { x: 60, y: 700, width: 500, height: 80, size: [0.6, 1.1] }, dryLeaf),
  ].join('');
  return photograph(await render(scene(600, 800, body)), { seed: 122 });
}

/** A brick of tea before a clay pot; the lower right corner is quiet, for the watermark. */
async function brickAndPot(): Promise<Raster> {
  const body = [
    room(600, 800, 470, ['#cfd8dc', '#7f8f96'], '#a06a3c'),
    at(330, 520, pot(['#a9613c', '#7a3f25', '#43200f']), 0.95),
    at(270, 690, brick(), 0.95),
    shadow(120, 742, 60, 10),
    scatter(63, 40, { x: 30, y: 700, width: 260, height: 80, size: [0.6, 1.2] }, dryLeaf),
    scatter(64, 9, { x: 40, y: 60, width: 220, height: 120, size: [1, 2] }, greenLeaf),
  ].join('');
  return photograph(await render(scene(600, 800, body)), { seed: 133 });
}

const leaves = at(90, 128, leaf('#2f6b3a'), 1.6, 24) + at(84, 128, leaf('#5a9447'), 1.3, -28);
const seal =
  radial(['#c8452f', '#8f2414'], (paint) => ellipse(250, 80, 66, 62, paint)) +
  [-26, 0, 26]
    .map((x) => path(`M${250 + x} 46 q8 34 0 68`, 'none', 'stroke="#fbe9c9" stroke-width="9"'))
    .join('');

/** The shop's sign on a transparent ground, as a designer hands it over. */
async function logo(): Promise<Buffer> {
  const [both, under, over] = await Promise.all(
    [leaves + seal, leaves, seal].map((body) => render(scene(400, 160, body), true)),
  );
  if (!both || !under || !over) throw new Error('logo.psd: a layer was not rendered');
  return psd(both, { 茶叶: under, 印章: over });
}

/** A navigation button: the same plate, lit or pressed. */
async function button(plate: readonly string[], mark: string): Promise<Buffer> {
  const body =
    linear(plate, 90, (paint) => rect(0, 0, 120, 40, paint)) +
    rect(1, 1, 118, 38, 'none', 'stroke="#fff" stroke-opacity="0.5" stroke-width="2"') +
    at(60, 34, leaf(mark), 0.45, 20) +
    at(58, 34, leaf(mark), 0.4, -30);
  return jpeg(await render(scene(120, 40, body)));
}

const facts = `
湘茗茶业 店铺资料
标题：湘茗茶业-安化黑茶专卖
关键字：安化黑茶,千两茶,茯砖茶,湘茗茶业
描述：湘茗茶业专注安化黑茶二十年，提供千两茶、茯砖茶、天尖茶等正品黑茶，全国包邮。
滚动文字：新店开张，全场满199减50，满99包邮！
导航链接：http://www.example.com/
水印文字：湘茗茶业
产品与价格（元）：千两茶饼 198；茯砖茶 88；天尖礼盒 268
店铺简介：湘茗茶业地处湖南安化，二十年专注黑茶，自有茶园与老茶厂，茶饼手工踩制，自然发酵。
`;

export const page1 = materialsOf('PAGE-1', {
  'bg.bmp': async () => bmp(await hills()),
  'tea1.jpg': async () => jpeg(await turnLeft(await cakeOnStand())),
  'tea2.jpg': async () => jpeg(exposeTo(await cupByWindow(), 58)),
  'tea3.jpg': async () => jpeg(await brickAndPot()),
  'logo.psd': logo,
  'btn_a.jpg': () => button(['#5d8f43', '#2c5424'], '#f4f0d0'),
  'btn_b.jpg': () => button(['#e0a53c', '#a8641a'], '#4a260c'),
  '素材文字.txt': () => text(facts),
});
