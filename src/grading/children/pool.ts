import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type ChildLimits, type ChildOptions, GradingChild } from './grading-child.ts';
import type { GradeTask, TaskEnd } from './task.ts';

interface Log {
  warn(fields: object, message: string): void;
}

export interface PoolOptions {
  /** Children at most; each starts when first needed. */
  readonly size: number;
  readonly limits: ChildLimits;
  /** Folder below which each child has its own for temporary files. */
  readonly temporary: string;
  /** Where the files of tasks are; children may read nothing else. */
  readonly readable: readonly string[];
  readonly log: Log;
  /** A fresh child after so many tasks: native libraries keep what they once took. */
  readonly tasksPerChild?: number;
  /** Another program for the children; meant for tests. */
  readonly program?: string;
}

interface Seat {
  child: GradingChild | null;
  tasks: number;
}

/** Some hundred submissions leak little; a start costs about a second. */
const defaultTasksPerChild = 200;

const graders = join(import.meta.dirname, 'child.ts');

/**
 * Whether an end is certainly the submission's. A machine short of memory kills whom it likes, and memory that an
 * earlier submission took stays with the child: who dies of either is given a second try in a fresh child.
 */
const isOwnFault = (end: TaskEnd, { child, tasks }: Seat): boolean =>
  end.kind === 'graded' ||
  child?.alive === true ||
  end.code === 'grader-deadline' ||
  (end.code === 'grader-memory' && tasks === 1);

/** A pool of limited child processes: a submission can end its child, never the worker or another submission. */
export class GraderPool {
  readonly #options: Required<PoolOptions>;
  readonly #free: Seat[];
  readonly #all: Seat[];
  readonly #waiting: ((seat: Seat) => void)[] = [];
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = { tasksPerChild: defaultTasksPerChild, program: graders, ...options };
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
   * @throws the signal's reason when it is aborted; Error when the pool is closed, no child starts, or the machine
   * (a full disk, no memory) made grading fail
   */
  async run(task: GradeTask, signal?: AbortSignal): Promise<TaskEnd> {
    const seat = await this.#take();
    try {
      const end = await this.#runOn(seat, task, signal);
      return isOwnFault(end, seat) ? end : await this.#runOn(seat, task, signal);
    } finally {
      this.#giveBack(seat);
    }
  }

  /** Stops all children; running tasks are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#all.map(({ child }) => child?.stop()));
  }

  async #runOn(seat: Seat, task: GradeTask, signal?: AbortSignal): Promise<TaskEnd> {
    const child = await this.#childOf(seat);
    seat.tasks += 1;
    const end = await child.run(task, signal);
    if (end.kind === 'stopped') {
      const { submission, attempt } = task;
      const { complaints } = child;
      this.#options.log.warn({ submission, attempt, code: end.code, complaints }, `not graded: ${end.text}`);
    }
    return end;
  }

  async #childOf(seat: Seat): Promise<GradingChild> {
    this.#refuseWhenClosed();
    if (seat.child?.alive && seat.tasks < this.#options.tasksPerChild) return seat.child;
    await seat.child?.stop();
    seat.tasks = 0;
    const { program, limits, readable, temporary } = this.#options;
    const folder = join(temporary, `grader-${randomUUID()}`);
    const options: ChildOptions = { program, limits, readable, temporary: folder };
    seat.child = await GradingChild.start(options);
    if (this.#closed) await seat.child.stop();
    this.#refuseWhenClosed();
    return seat.child;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error('the grading pool is closed');
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
