import { join } from 'node:path';
import { ops1 } from './ops-1.ts';
import { page1 } from './page-1.ts';
import { type Sample, writeSample } from './sample.ts';
import { shop1 } from './shop-1.ts';

/** Every sample that a script makes, in the order of the papers. */
export const samples: readonly Sample[] = [...page1, ...shop1, ...ops1];

/** Writes the submissions below `root`, all of them or those whose ids begin as asked. `expected.json` is not touched. */
export async function makeSamples(root: string, beginnings: readonly string[] = []): Promise<void> {
  for (const sample of samples) {
    if (beginnings.length > 0 && !beginnings.some((beginning) => sample.id.startsWith(beginning))) continue;
    await writeSample(sample, root);
  }
}

if (import.meta.main) await makeSamples(join(import.meta.dirname, '..'), process.argv.slice(2));
