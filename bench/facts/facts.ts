import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { cost, type Figure } from '../figure.ts';
import { type Helper, startHelper } from '../helper.ts';
import { alternate } from '../rounds.ts';
import { inTemporaryFolder } from '../temporary.ts';
import { drawPhotos } from './photos.ts';
import type { Reading } from './reader.ts';

const photos = 24;
const atMost = 1.5;

async function read(reader: Helper, reading: Reading): Promise<number> {
  const { seconds, pictures } = await reader.ask<{ seconds: number; pictures: number }>(reading);
  if (pictures !== photos) throw new Error(`${pictures} of ${photos} photos were read by ${reading.by}`);
  return seconds;
}

async function measure(folder: string, { rounds, say }: BenchmarkOptions): Promise<Figure[]> {
  say('facts: drawing photos');
  const megapixels = await drawPhotos(folder, photos);
  const reader = startHelper(join(import.meta.dirname, 'reader.ts'));
  try {
    const sides = await alternate(rounds, {
      ours: (round) => {
        say(`facts, round ${round} of ${rounds}`);
        return read(reader, { folder, by: 'facts' });
      },
      baseline: () => read(reader, { folder, by: 'sharp' }),
    });
    const about =
      `time to collect the facts of a folder of ${photos} photos (${Math.round(megapixels)} megapixels) over the time to ` +
      'read, hash and fully decode each of them once with sharp; one thread each.';
    return [cost({ name: `facts of ${photos} photos`, about, goal: { atMost } }, sides)];
  } finally {
    await reader.stop();
  }
}

/** Facts of photos, against one full decode. */
export const facts: Benchmark = (options) => inTemporaryFolder((folder) => measure(folder, options));
