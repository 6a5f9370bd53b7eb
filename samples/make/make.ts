import { join } from 'node:path';
import { aft1 } from './aft-1.ts';
import { mkt1 } from './mkt-1.ts';
import { mkt2 } from './mkt-2.ts';
import { ops1 } from './ops-1.ts';
import { ops2 } from './ops-2.ts';
import { page1 } from './page-1.ts';
import { page2 } from './page-2.ts';
import { pre1 } from './pre-1.ts';
import { type Sample, writeSample } from './sample.ts';
import { shop1 } from './shop-1.ts';
import { shop2 } from './shop-2.ts';

/** Every sample that a script makes. */
export const samples: readonly Sample[] = [
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

/** Writes the submissions below `root`, all of them or those whose ids begin as asked. `expected.json` is not touched. */
export async function makeSamples(root: string, beginnings: readonly string[] = []): Promise<void> {
  for (const sample of samples) {
    if (beginnings.length > 0 && !beginnings.some((beginning) => sample.id.startsWith(beginning))) continue;
    await writeSample(sample, root);
  }
}

if (import.meta.main) await makeSamples(join(import.meta.dirname, '..'), process.argv.slice(2));
