import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Material } from './material.ts';
import { mkt1 } from './mkt-1.ts';
import { mkt2 } from './mkt-2.ts';
import { ops1 } from './ops-1.ts';
import { ops2 } from './ops-2.ts';
import { page1 } from './page-1.ts';
import { page2 } from './page-2.ts';
import { aft1, pre1 } from './service.ts';
import { shop1 } from './shop-1.ts';
import { shop2 } from './shop-2.ts';

/** All 素材 of all papers that this repository draws. */
export const materials: readonly Material[] = [
  ...pre1,
  ...aft1,
  ...page1,
  ...page2,
  ...shop1,
  ...shop2,
  ...ops1,
  ...ops2,
  ...mkt1,
  ...mkt2,
];

/** Where a material stands below the folder of papers. */
export const placeOf = ({ paper, path }: Material): string => join(paper, 'materials', path);

/** Draws `wanted` below `papers`, one after another: each scene holds a large raster while it is drawn. */
export async function drawInto(papers: string, wanted: readonly Material[] = materials): Promise<void> {
  for (const material of wanted) {
    const file = join(papers, placeOf(material));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await material.draw());
  }
}

/** `npm run materials [paper…]`: draws the 素材 of the named papers, or of all, into their folders. */
async function main(papers: readonly string[]): Promise<void> {
  const wanted = materials.filter(({ paper }) => papers.length === 0 || papers.includes(paper));
  if (wanted.length === 0) throw new Error(`no paper with drawn materials is called ${papers.join(', ')}`);
  await drawInto(join(import.meta.dirname, '..'), wanted);
  for (const material of wanted) console.log(placeOf(material));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.slice(2));
