import sharp, { type OverlayOptions } from 'sharp';
import { lettering, svg } from './lettering.ts';
import { jpegWithin, open, settled, stretched } from './picture.ts';
import { packed, type Sample, sample } from './sample.ts';

const paper = 'SHOP-2';

async function placed(name: string, size: number, left: number, top: number): Promise<OverlayOptions> {
  return {
    input: await stretched(await open(paper, name), size, size)
      .png()
      .toBuffer(),
    left,
    top,
  };
}

/** The promotion with product, words and button; dates and figures as the task gives them. */
async function poster(): Promise<Buffer> {
  const ground = svg(
    950,
    450,
    '<rect width="950" height="450" fill="#b3261a"/><circle cx="700" cy="225" r="210" fill="#f6b52c"/>',
    lettering('618年中大促', { x: 40, y: 150, size: 78, fill: '#fff' }),
    lettering('¥100', { x: 40, y: 260, size: 90, fill: '#ffe36b', edge: '#7a1208' }),
    '<rect x="40" y="330" width="220" height="64" rx="32" fill="#ffe36b"/>',
  );
  const product = await placed('fryer.jpg', 360, 530, 45);
  return jpegWithin(await settled(sharp(ground).composite([product]).flatten()), 300);
}

/** One long picture: the product, three details one below the other. */
async function detail(): Promise<Buffer> {
  const ground = svg(750, 3200, '<rect width="750" height="3200" fill="#fdf6ec"/>');
  const parts = await Promise.all([
    placed('fryer.jpg', 700, 25, 60),
    placed('detail_basket.jpg', 650, 50, 840),
    placed('detail_knob.jpg', 650, 50, 1560),
    placed('detail_food.jpg', 650, 50, 2280),
  ]);
  return jpegWithin(await settled(sharp(ground).composite(parts).flatten()), 400);
}

async function shop(banner: Buffer): Promise<Buffer> {
  const ground = svg(
    950,
    1600,
    '<rect width="950" height="1600" fill="#fff"/><rect width="950" height="120" fill="#7a1208"/>',
    '<rect y="120" width="950" height="40" fill="#333"/><rect y="620" width="180" height="600" fill="#f3e4cf"/>',
  );
  const goods = await Promise.all([220, 460, 700].map((left) => placed('fryer.jpg', 220, left, 640)));
  const parts = [{ input: banner, left: 0, top: 165 }, ...goods];
  return jpegWithin(await settled(sharp(ground).composite(parts).flatten()), 300);
}

async function excellent() {
  const first = await poster();
  const files = { 'poster.jpg': first, 'detail.jpg': await detail(), 'shop.jpg': await shop(first) };
  return { '430125000501.zip': packed(files, '430125000501') };
}

export const shop2: readonly Sample[] = [sample('shop-2-excellent', excellent)];
