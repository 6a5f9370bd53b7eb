import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { collectFacts } from '../../graders/collect.ts';
import { answerWith } from '../helper.ts';

/** Which way a folder is read. */
export interface Reading {
  readonly folder: string;
  readonly by: 'facts' | 'sharp';
}

// As in a grading child: one thread, and nothing kept that would make the second reading cheaper.
sharp.concurrency(1);
sharp.cache(false);

async function withFacts(folder: string): Promise<number> {
  const { images } = await collectFacts(folder);
  return images.filter(({ decodable }) => decodable).length;
}

/** The baseline: each file read, hashed and decoded in full, once. */
async function withSharp(folder: string): Promise<number> {
  const names = (await readdir(folder)).sort();
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    createHash('sha256').update(bytes).digest('hex');
    await sharp(bytes).raw().toBuffer();
  }
  return names.length;
}

/** Seconds, and how many pictures were read to their last row. */
async function read({ folder, by }: Reading): Promise<{ seconds: number; pictures: number }> {
  const start = performance.now();
  const pictures = await (by === 'facts' ? withFacts(folder) : withSharp(folder));
  return { seconds: (performance.now() - start) / 1000, pictures };
}

answerWith(read);
