import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { takeWorkplace, type Workplace } from '../../../src/grading/children/workplace.ts';
import { type Child, startScript } from '../../support/child.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { isAlive, untilGone } from './alive.ts';

let worker: Child;
let pids: number[] = [];
let workplace: Workplace | undefined;

afterEach(async () => {
  await worker.kill();
  for (const pid of pids.splice(0).filter(isAlive)) process.kill(pid, 'SIGKILL');
  await workplace?.leave();
});

it('leaves no child behind when a worker is killed, not even one in an endless loop', async () => {
  const root = await temporaryFolder();
  worker = startScript(join(import.meta.dirname, 'worker-to-kill.ts'), [root]);
  const said = (await worker.say()) as { pids: number[]; folder: string };
  ({ pids } = said);
  expect(pids.filter(isAlive)).toHaveLength(2);
  await worker.kill();
  await untilGone(pids);

  // What it left on the disk goes with the next start, and only that.
  expect(existsSync(said.folder)).toBe(true);
  workplace = await takeWorkplace(root);
  expect(existsSync(said.folder)).toBe(false);
  const second = await takeWorkplace(root);
  expect(existsSync(workplace.folder)).toBe(true);
  await second.leave();
  await workplace.leave();
  expect(await readdir(root)).toEqual(['gate']);
});
