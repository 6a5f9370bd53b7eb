import { join } from 'node:path';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { type Seated, seat } from '../exam.ts';
import { cost, type Figure } from '../figure.ts';
import { type Helper, startHelper } from '../helper.ts';
import { alternate } from '../rounds.ts';
import { serviceEnvironment, startService } from '../service.ts';
import { inTemporaryFolder } from '../temporary.ts';
import { handIn } from './hand-in.ts';
import { findSamples, type Work } from './samples.ts';
import type { Round } from './working.ts';

const atMost = 1.25;

interface Stage extends BenchmarkOptions {
  readonly address: string;
  readonly works: readonly Work[];
  readonly seated: readonly Seated[];
  readonly worker: Helper;
  readonly loop: Helper;
}

/** Every sample handed in once more; before the clock starts, since only grading is measured. */
async function handInAll({ address, works, seated }: Stage): Promise<Round> {
  const attempts: Round['attempts'][number][] = [];
  for (const [index, work] of works.entries())
    attempts.push(await handIn(address, seated[index]?.token ?? '', work));
  return { attempts };
}

async function measure(stage: Stage): Promise<Figure[]> {
  const { rounds, say, works, worker, loop } = stage;
  const sides = await alternate(rounds, {
    ours: async (round) => {
      say(`grading, round ${round} of ${rounds}`);
      return worker.ask<number>(await handInAll(stage));
    },
    baseline: () => loop.ask<number>(works),
  });
  const about =
    `time to grade ${works.length} samples of PAGE-1, SHOP-1 and OPS-1 through queue, worker with one grading child and ` +
    'recording, over the time of the same graders called in a loop in one process.';
  return [cost({ name: `grading ${works.length} samples`, about, goal: { atMost } }, sides)];
}

async function prepared(folder: string, options: BenchmarkOptions): Promise<Figure[]> {
  const works = await findSamples();
  const environment = serviceEnvironment(join(folder, 'data'));
  options.say('grading: starting the service, seating candidates');
  // The service queues under another name, so that nothing is graded before the clock starts.
  const service = await startService({ ...environment, QUEUE_NAMESPACE: 'bench_handed_in' });
  try {
    const papers = works.map(({ paper }) => paper);
    const seated = await seat(environment, service.address, folder, papers);
    const worker = startHelper(join(import.meta.dirname, 'working.ts'), {
      env: { ...environment, QUEUE_NAMESPACE: 'bench_worked_on', GRADERS: '1' },
    });
    const loop = startHelper(join(import.meta.dirname, 'loop.ts'));
    try {
      return await measure({ ...options, address: service.address, works, seated, worker, loop });
    } finally {
      await loop.stop();
      await worker.stop();
    }
  } finally {
    await service.stop();
  }
}

/** Queue, worker and recording, against the graders alone. */
export const grading: Benchmark = (options) => inTemporaryFolder((folder) => prepared(folder, options));
