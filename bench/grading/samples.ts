import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A sample as it is graded: which paper, and its files by the names they have for people. */
export interface Work {
  readonly sample: string;
  readonly paper: string;
  readonly paperFolder: string;
  readonly files: readonly { path: string; location: string }[];
}

const root = join(import.meta.dirname, '../..');
const papers = ['PAGE-1', 'SHOP-1', 'OPS-1'] as const;

/** All samples of the three papers that machines grade, in the order of their names. @throws Error when there is none */
export async function findSamples(): Promise<Work[]> {
  const folder = join(root, 'samples');
  const works: Work[] = [];
  for (const sample of (await readdir(folder)).sort()) {
    const paper = papers.find((id) => sample.startsWith(`${id.toLowerCase()}-`));
    if (!paper) continue;
    const files = await filesBelow(join(folder, sample, 'submission'));
    works.push({ sample, paper, paperFolder: join(root, 'rubrics/papers', paper), files });
  }
  if (works.length === 0) throw new Error(`no sample of ${papers.join(', ')} in ${folder}`);
  return works;
}

async function filesBelow(folder: string): Promise<{ path: string; location: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((location) => ({ path: relative(folder, location).replaceAll(sep, '/'), location }));
}
