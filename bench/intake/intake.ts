import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Benchmark, BenchmarkOptions } from '../benchmark.ts';
import { seat } from '../exam.ts';
import { type Figure, single, speed } from '../figure.ts';
import { type Helper, startHelper } from '../helper.ts';
import { peakDuring, residentMB } from '../resident.ts';
import { alternate } from '../rounds.ts';
import { type Service, serviceEnvironment, startService } from '../service.ts';
import { inTemporaryFolder } from '../temporary.ts';
import type { Rush } from './client.ts';

const megabyte = 2 ** 20;

/** The rushes that are timed; the goals are those of the project. */
const rushes = [
  { clients: 100, bytes: 1 * megabyte },
  { clients: 20, bytes: 20 * megabyte },
] as const;

/** Sent once, for its memory alone. */
const largest = { clients: 20, bytes: 100 * megabyte } as const;

const atLeast = 0.6;
/** The service's growth over its idle level, MB. */
const growthAtMost = 150;
/** What files of five times the size may add to it: less than one of them, and within what a collector leaves lying, MB. */
const sizeAtMost = 32;

interface Stage extends BenchmarkOptions {
  readonly service: Service;
  readonly bare: string;
  readonly client: Helper;
  readonly tokens: readonly string[];
  /** Where the two keep what they receive. */
  readonly folders: readonly string[];
}

type Size = Pick<Rush, 'clients' | 'bytes'>;

const nameOf = ({ clients, bytes }: Size): string => `${bytes / megabyte} MB × ${clients}`;

const toService = ({ client, service, tokens }: Stage, size: Size): Promise<number> =>
  client.ask<number>({ url: `${service.address}/api/v1/hand-in/attempts`, tokens, ...size } satisfies Rush);

const toBare = ({ client, bare }: Stage, size: Size): Promise<number> =>
  client.ask<number>({ url: bare, tokens: null, ...size } satisfies Rush);

/** Removes the received files, or ten rounds would fill a disk; the file system has done its work when this resolves. */
async function clear({ folders }: Stage, { bytes }: Size): Promise<void> {
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && (await stat(path)).size === bytes) await unlink(path);
    }
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  }
}

async function timed(stage: Stage, size: Size): Promise<{ figure: Figure; peaks: number[] }> {
  const peaks: number[] = [];
  const sides = await alternate(
    stage.rounds,
    {
      ours: async (round) => {
        stage.say(`intake ${nameOf(size)}, round ${round} of ${stage.rounds}`);
        let seconds = 0;
        const peak = await peakDuring(stage.service.pid, async () => {
          seconds = await toService(stage, size);
        });
        peaks.push(peak);
        return seconds;
      },
      baseline: () => toBare(stage, size),
    },
    () => clear(stage, size),
  );
  const about =
    'time of a bare Node server (streams, hashes, fsyncs file and folder) over the time of the service, ' +
    'from the first request to the last receipt.';
  return { figure: speed({ name: `intake ${nameOf(size)}`, about, goal: { atLeast } }, sides), peaks };
}

async function measure(stage: Stage, idle: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const highest: number[] = [];
  for (const size of rushes) {
    const { figure, peaks } = await timed(stage, size);
    figures.push(figure, growth(size, idle, peaks));
    highest.push(Math.max(...peaks));
  }
  stage.say(`intake ${nameOf(largest)}`);
  const peak = await peakDuring(stage.service.pid, () => toService(stage, largest));
  await clear(stage, largest);
  figures.push(growth(largest, idle, [peak]));
  const about =
    'how much higher the service rose with the largest files than ever before; 0 means that the size of a file is ' +
    'nothing to its memory.';
  const name = 'memory by size of file';
  const added = Math.max(0, peak - Math.max(...highest));
  return [...figures, single({ name, about, unit: 'MB', goal: { atMost: sizeAtMost } }, [added])];
}

/** The most that any round reached counts, not the middle. */
function growth(size: Size, idle: number, peaks: readonly number[]): Figure {
  const about = `the highest resident memory of the service in any round over its idle ${Math.round(idle)} MB.`;
  const goal = { atMost: growthAtMost };
  return single({ name: `memory ${nameOf(size)}`, about, unit: 'MB', goal }, [Math.max(...peaks) - idle]);
}

/** Resident memory once start and sign-in have settled. */
async function idleOf({ pid }: Service): Promise<number> {
  await wait(2000);
  return residentMB(pid);
}

async function prepared(folder: string, options: BenchmarkOptions): Promise<Figure[]> {
  const environment = serviceEnvironment(join(folder, 'data'));
  const received = join(folder, 'bare');
  await mkdir(received);
  options.say('intake: starting the service, seating candidates');
  const flags = options.profiles ? ['--cpu-prof', `--cpu-prof-dir=${options.profiles}`] : [];
  const service = await startService(environment, flags);
  const bare = startHelper(join(import.meta.dirname, 'bare-server.ts'), { args: [received] });
  const client = startHelper(join(import.meta.dirname, 'client.ts'));
  try {
    const papers = Array.from({ length: Math.max(...rushes.map(({ clients }) => clients)) }, () => 'PAGE-1');
    const seated = await seat(environment, service.address, folder, papers);
    const tokens = seated.map(({ token }) => token);
    const folders = [join(folder, 'data', 'blobs'), received];
    const stage = { ...options, service, bare: await bare.ask<string>('address'), client, tokens, folders };
    return await measure(stage, await idleOf(service));
  } finally {
    await client.stop();
    await bare.stop();
    await service.stop();
  }
}

/** Hand-ins all at once, against the least that keeps a file for sure. */
export const intake: Benchmark = (options) => inTemporaryFolder((folder) => prepared(folder, options));
