import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type ChildLimits, GradingChild } from './grading-child.ts';
import type { GradeTask, TaskEnd } from './task.ts';

export interface PoolOptions {
  /** Children at most; each starts when first needed. */
  readonly size: number;
  readonly limits: ChildLimits;
  /** Folder below which each child has its own for temporary files. */
  readonly temporary: string;
  /** A fresh child after so many tasks: native libraries keep what they once took. */
  readonly tasksPerChild?: number;
}

interface Seat {
  child: GradingChild | null;
  tasks: number;
}

/** Some hundred submissions leak little; a start costs one or two seconds. */
const defaultTasksPerChild = 200;

/** A pool of limited child processes: a submission can end its child, never the worker or another submission. */
export class GraderPool {
  readonly #options: Required<PoolOptions>;
  readonly #free: Seat[];
  readonly #all: Seat[];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = { tasksPerChild: defaultTasksPerChild, ...options };
    this.#all = Array.from({ length: options.size }, () => ({ child: null, tasks: 0 }));
    this.#free = [...this.#all];
  }

  /** How many tasks may run side by side. */
  get size(): number {
    return this.#options.size;
  }

  /** Process ids of the living children, for those who watch. */
  get pids(): number[] {
    return this.#all.flatMap(({ child }) => (child?.alive && child.pid !== undefined ? [child.pid] : []));
  }

  /**
   * Grades in the next free child. Whatever the submission does, this resolves.
   * @throws the signal's reason when it is aborted; Error when the pool is closed
   */
  async run(task: GradeTask, signal?: AbortSignal): Promise<TaskEnd> {
    const seat = await this.#take();
    try {
      if (this.#closed) throw new Error('the grading pool is closed');
      const child = await this.#childOf(seat);
      seat.tasks += 1;
      return await child.run(task, signal);
    } finally {
      this.#giveBack(seat);
    }
  }

  /** Stops all children; running tasks end as stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#all.map(({ child }) => child?.stop()));
  }

  async #childOf(seat: Seat): Promise<GradingChild> {
    if (seat.child?.alive && seat.tasks < this.#options.tasksPerChild) return seat.child;
    await seat.child?.stop();
    seat.tasks = 0;
    seat.child = await GradingChild.start(
      join(this.#options.temporary, `grader-${randomUUID()}`),
      this.#options.limits,
    );
    return seat.child;
  }

  #take(): Promise<Seat> {
    const seat = this.#free.pop();
    return seat ? Promise.resolve(seat) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(seat: Seat): void {
    const next = this.#waiting.shift();
    if (next) next(seat);
    else this.#free.push(seat);
  }
}
