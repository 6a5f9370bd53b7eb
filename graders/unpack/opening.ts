import type { Budget } from './limits.ts';
import type { PackageProblem } from './problems.ts';
import type { Measure, Store } from './store.ts';

/** What an unpacker of one format gets from `unpack` while it opens one archive. */
export interface Opening {
  /** Path of the archive in the hand-in, for problems and for what its own file is called. */
  archive: string;
  /** Names that the pages of the work refer to: a hint for reading names. */
  references: readonly string[];
  budget: Budget;
  store: Store;
  problems: PackageProblem[];
  /** The path of an entry in the hand-in: its content stands where the archive stands. */
  place(path: string): string;
  /** Takes a written file into the hand-in. */
  add(path: string, stored: Measure & { location: string }, modified: Date | null): Promise<void>;
}
