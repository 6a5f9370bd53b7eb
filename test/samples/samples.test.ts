import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samples } from '../../samples/make/make.ts';
import { writeSample } from '../../samples/make/sample.ts';
import { departures, expectationOf, machineItems, sampleIds, samplesFolder } from './expectation.ts';
import { gradeSample, paperOf } from './grading.ts';

const ids = sampleIds();

describe('every sample', () => {
  it.each(ids)('%s gets what is fair', async (id) => {
    const { breakdown, problems } = await gradeSample(id);
    const found = departures(expectationOf(id), breakdown, problems);
    expect(found.join('\n'), `samples/${id}: ${found.length} departures\n${found.join('\n')}`).toBe('');
  });

  it('is made by a script and has an expected.json', () => {
    expect(ids.toSorted()).toEqual(samples.map(({ id }) => id).toSorted());
    for (const id of ids) expect(() => expectationOf(id)).not.toThrow();
  });
});

async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files
      .sort()
      .map(async (file) => [file.slice(folder.length + 1), (await readFile(file)).toString('base64')]),
  );
  return Object.fromEntries(contents);
}

describe('the script', () => {
  it.each(samples)('makes $id as it is committed', async (one) => {
    const folder = await mkdtemp(join(tmpdir(), 'kaoping-samples-'));
    try {
      await writeSample(one, folder);
      const made = await contentOf(join(folder, one.id, 'submission'));
      const kept = await contentOf(join(samplesFolder, one.id, 'submission'));
      expect(Object.keys(made)).toEqual(Object.keys(kept));
      const other = Object.keys(made).filter((path) => made[path] !== kept[path]);
      expect(other, 'files with other bytes: run npm run samples and look at what changed').toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Machine items that no sample passes, or none fails to pass, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {};

describe.each(['PAGE-1', 'SHOP-1', 'OPS-1'])('the samples of %s', (paperId) => {
  it('let every machine item pass at least once, and not pass at least once', async () => {
    const own = ids.filter((id) => expectationOf(id).paper === paperId);
    const breakdowns = await Promise.all(own.map(async (id) => (await gradeSample(id)).breakdown));
    const { paper } = await paperOf(paperId);
    const wanted = paper.items.filter(({ check }) => check !== null).map(({ id }) => id);
    const outcomes = new Map<string, Set<boolean>>(wanted.map((id) => [id, new Set()]));
    for (const item of breakdowns.flatMap(machineItems)) outcomes.get(item.id)?.add(item.outcome === 'pass');
    const missing = wanted.flatMap((id) => [
      ...(outcomes.get(id)?.has(true) ? [] : [`${id} passes in no sample`]),
      ...(outcomes.get(id)?.has(false) ? [] : [`${id} passes in all samples`]),
    ]);
    expect(missing.filter((line) => !Object.hasOwn(exceptions, line))).toEqual([]);
  });
});
