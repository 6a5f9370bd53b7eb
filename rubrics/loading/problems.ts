/** One reason why a paper does not load, at the place where its author must change something. */
export interface Problem {
  /** Path of the file, as it was given plus the name inside the paper's folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

/** Everything that is wrong with a paper, at once: `file:line: reason`, one per line of the message. */
export class PaperError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, reason }) => `${file}:${line}: ${reason}`).join('\n'));
    this.name = 'PaperError';
    this.problems = problems;
  }
}

/** Sorted by place, and each said once: an item written with `each` would repeat its faults for every row. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const once = new Map(
    problems.map((problem) => [`${problem.file}\n${problem.line}\n${problem.reason}`, problem]),
  );
  return [...once.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.reason, b.reason),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
