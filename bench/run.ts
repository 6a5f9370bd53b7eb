import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Benchmark } from './benchmark.ts';
import type { Figure } from './figure.ts';
import { describeMachine } from './machine.ts';
import { machineLine, pageOf, tableOf } from './report.ts';

/** Each loads its code only when it runs, so that one can be measured while another's part is being rebuilt. */
const benchmarks: Readonly<Record<string, { summary: string; load: () => Promise<Benchmark> }>> = {
  intake: {
    summary: 'hand-ins all at once against a bare Node server, and the memory of the service meanwhile',
    load: async () => (await import('./intake/intake.ts')).intake,
  },
  grading: {
    summary: 'samples graded through queue and recording against the same graders in a loop',
    load: async () => (await import('./grading/grading.ts')).grading,
  },
  facts: {
    summary: 'facts of a folder of photos against decoding and hashing each once',
    load: async () => (await import('./facts/facts.ts')).facts,
  },
  queue: {
    summary: 'jobs added and worked off a second, on PostgreSQL and, where one answers, on Redis',
    load: async () => (await import('./queue.ts')).queue,
  },
};
const resultsPath = join(import.meta.dirname, 'RESULTS.md');

interface Options {
  readonly rounds: number;
  readonly json?: boolean;
  readonly write?: boolean;
  readonly strict?: boolean;
  readonly profile?: string;
}

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1');
  return value;
};

function chosen(names: readonly string[]): string[] {
  const known = Object.keys(benchmarks);
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0)
    throw new Error(`no benchmark ${strange.join(', ')}; there are ${known.join(', ')}`);
  return names.length === 0 ? known : known.filter((name) => names.includes(name));
}

const say = (news: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${news}`);
};

async function measure(name: string, { rounds, profile }: Options): Promise<Figure[]> {
  const start = performance.now();
  const benchmark = await benchmarks[name]?.load();
  const figures = (await benchmark?.({ rounds, say, profiles: profile ?? null })) ?? [];
  say('');
  process.stderr.write(`${name}: ${Math.round((performance.now() - start) / 1000)} s\n`);
  return figures;
}

async function run(names: readonly string[], options: Options): Promise<void> {
  const machine = describeMachine();
  const figures: Figure[] = [];
  for (const name of chosen(names)) figures.push(...(await measure(name, options)));
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ machine, figures }, null, 2)}\n`
      : `${machineLine(machine)}\n\n${tableOf(figures)}\n`,
  );
  if (options.write) await writeFile(resultsPath, pageOf(machine, figures));
  if (options.strict && figures.some(({ met }) => met === false)) process.exitCode = 1;
}

const summaries = Object.entries(benchmarks)
  .map(([name, { summary }]) => `${name}: ${summary}`)
  .join('\n');

await new Command('bench')
  .description('Measures speed and memory, as ratios to baselines that run right beside.')
  .argument('[names...]', `which; all unless given\n${summaries}`)

  .option('--rounds <n>', 'counted rounds of each side', wholeNumber, 9)
  .option('--json', 'print JSON')
  .option('--write', 'write bench/RESULTS.md')
  .option('--strict', 'end with code 1 when a goal is missed')
  .option('--profile <folder>', 'write processor profiles of the service there')
  .action(run)
  .parseAsync();
