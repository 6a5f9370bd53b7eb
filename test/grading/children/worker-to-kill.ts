import { join } from 'node:path';
import { GraderPool } from '../../../src/grading/children/pool.ts';
import { takeWorkplace } from '../../../src/grading/children/workplace.ts';
import { taskOf } from './tasks.ts';

/** A worker whose two children loop and wait for ever; it says who they are and where, and waits to be killed. */
const { folder } = await takeWorkplace(process.argv[2] ?? '');
const pool = new GraderPool({
  size: 2,
  limits: { deadlineMs: 600_000, memoryBytes: 2 ** 30 },
  temporary: folder,
  readable: [import.meta.dirname],
  log: { warn: () => undefined },
  program: join(import.meta.dirname, 'hostile-child.ts'),
});
await Promise.all([pool.run(taskOf('good')), pool.run(taskOf('good'))]);
void pool.run(taskOf('loop'));
void pool.run(taskOf('sleep'));
process.stdout.write(`${JSON.stringify({ pids: pool.pids, folder })}\n`);
