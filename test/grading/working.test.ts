import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resultsOf, runsOf } from './attempts.ts';
import { untilGone } from './children/alive.ts';
import { eventually } from './eventually.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const states = async (): Promise<string[]> => (await runsOf(stage.stores)).map(({ state }) => state);

it('hands back what it is grading when it must stop at once, and the next start grades it', async () => {
  const first = await stage.work();
  const attempts: string[] = [];
  for (const position of [0, 1, 2]) attempts.push(await stage.handIn(position, 'key'));
  await eventually(async () => expect(await states()).toContain('grading'));
  const { pids } = first.pool;
  await first.stop(0);
  await untilGone(pids);
  expect(await states()).toHaveLength(3);
  expect(await states()).not.toContain('attention');
  expect(await readdir(join(stage.context.config.dataDir, 'temporary'))).toEqual(['gate']);

  await stage.work();
  await eventually(async () => expect(new Set(await states())).toEqual(new Set(['graded'])));
  const results = await resultsOf(stage.stores);
  expect(results.map(({ attemptId }) => attemptId).sort()).toEqual(attempts.sort());
});
