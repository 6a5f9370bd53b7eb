import type { Figure } from './figure.ts';

/** One benchmark: brings figures back, and leaves no process and no file behind. */
export type Benchmark = (options: BenchmarkOptions) => Promise<Figure[]>;

export interface BenchmarkOptions {
  /** Counted rounds of each side. */
  readonly rounds: number;
  /** News for whoever watches. */
  readonly say: (news: string) => void;
  /** Folder for processor profiles of the service; null: none are taken. */
  readonly profiles: string | null;
}
