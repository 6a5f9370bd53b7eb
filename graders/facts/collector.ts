import type { ProblemFact } from './schema.ts';

/** A file of the submission as collectors see it: where it stands for the candidate, where its bytes are. */
export interface SourceFile {
  /** As the candidate named it, `/`-separated, below the common root. */
  readonly path: string;
  /** Absolute path of the bytes on this machine; never part of a fact. */
  readonly location: string;
  readonly bytes: number;
  readonly sha256: string;
  /** By magic bytes or content; null when unknown. */
  readonly mime: string | null;
  readonly junk: 'os' | 'lock' | 'backup' | null;
}

/** What a collector brings back. A file that cannot be read is a problem, never an exception. */
export interface Collected<T> {
  readonly facts: readonly T[];
  readonly problems: readonly ProblemFact[];
}

/**
 * A collector measures and never judges. With scope `file` it sees one file at a time, so its facts can be kept
 * under that file's hash; with scope `submission` it sees all files (pages refer to each other).
 */
export interface Collector<T> {
  readonly name: string;
  /** Raised whenever the same bytes could give other facts; library versions belong in `libraries`. */
  readonly version: number;
  /** npm packages whose version changes what is measured. */
  readonly libraries: readonly string[];
  readonly scope: 'file' | 'submission';
  accepts(file: SourceFile): boolean;
  /** @param files the accepted files (one, with scope `file`); @param all every file, for resolving references. */
  collect(files: readonly SourceFile[], all: readonly SourceFile[]): Promise<Collected<T>>;
}
