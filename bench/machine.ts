import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures depend on. */
export interface Machine {
  readonly date: string;
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  /** Mean length of the run queue over the last minute when the run began; above 0 others were at work too. */
  readonly load: number;
}

export const describeMachine = (): Machine => ({
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  system: `${type()} ${release()}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 2 ** 30),
  load: Number((loadavg()[0] ?? 0).toFixed(2)),
});
