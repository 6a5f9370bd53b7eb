import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { breakdownSchema } from '../../../rubrics/breakdown.ts';
import { environmentOf, flagsOf } from './confinement.ts';
import { residentBytes } from './memory.ts';
import type { FromChild, GradeTask, StopCode, TaskEnd } from './task.ts';

export interface ChildLimits {
  /** A task that takes longer is stopped. Milliseconds. */
  readonly deadlineMs: number;
  /** A child that holds more is stopped; native memory counts, so no heap flag would do. Bytes. */
  readonly memoryBytes: number;
}

export interface ChildOptions {
  /** The program that speaks the child's half of `task.ts`. */
  readonly program: string;
  readonly limits: ChildLimits;
  /** Folder for the child's own files; made here, removed with the child. */
  readonly temporary: string;
  /** Folders and files that tasks name: nothing else of this machine's data may be read. */
  readonly readable: readonly string[];
}

/** Loading the graders takes about a second, on a busy machine more. */
const startMs = 60_000;
/** Memory grows by some hundred MB a second at worst; looking costs one small read. */
const lookMs = 100;
/** How much of what a child complained about is kept, in characters. */
const keptComplaints = 4_000;

/** Errors of the machine, not of the submission: grading is tried again later instead of ending as unknown. */
const machineFaults = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM', 'EIO', 'EROFS', 'EACCES']);

const sentences: Record<StopCode, (limits: ChildLimits, detail: string) => string> = {
  'grader-deadline': ({ deadlineMs }) => `初评超过 ${deadlineMs / 1000} 秒未完成，已停止，请人工评定。`,
  'grader-memory': ({ memoryBytes }) =>
    `初评占用内存超过 ${Math.round(memoryBytes / 2 ** 20)} MB，已停止，请人工评定。`,
  'grader-crash': (_limits, detail) => `评卷程序在处理此作品时出错（${detail}），请人工评定。`,
};

/**
 * One child process that grades one task at a time under a deadline and a memory limit. After a limit was passed
 * or the child died by itself it is dead, `alive` is false and its files are gone.
 */
export class GradingChild {
  readonly #process: ChildProcess;
  readonly #options: ChildOptions;
  readonly #ready: Promise<void>;
  /** How it ended: a signal or an exit code. */
  readonly #gone: Promise<string>;
  #alive = true;
  #told = false;
  #tasks = 0;
  #complaints = '';

  private constructor(child: ChildProcess, options: ChildOptions) {
    this.#process = child;
    this.#options = options;
    const gone = Promise.withResolvers<string>();
    this.#gone = gone.promise.finally(() => {
      this.#alive = false;
    });
    child.once('exit', (code, signal) => gone.resolve(signal ?? `exit code ${code}`));
    child.on('error', (error) => {
      // A process that could not be made never exits; a living one whose channel broke is of no use.
      if (child.pid === undefined) gone.resolve(error.message);
      else child.kill('SIGKILL');
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-keptComplaints);
    });
    this.#ready = new Promise((resolve) => {
      child.once('message', () => resolve());
    });
  }

  static async start(options: ChildOptions): Promise<GradingChild> {
    const { program, temporary, readable } = options;
    await mkdir(temporary, { recursive: true });
    const child = fork(program, [String(process.pid)], {
      env: environmentOf(temporary),
      execArgv: flagsOf(readable, temporary),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    return new GradingChild(child, options);
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** The end of what it wrote to standard error, for the log of a crash. */
  get complaints(): string {
    return this.#complaints;
  }

  /**
   * Grades one task. Whatever the submission does, this resolves.
   * @throws the signal's reason when it is aborted, which ends the child; Error when the child cannot start, was told
   * to stop, or the machine failed it
   */
  async run(task: GradeTask, signal?: AbortSignal): Promise<TaskEnd> {
    signal?.throwIfAborted();
    const over = new AbortController();
    try {
      return await Promise.race([this.#grade(task, over.signal), aborted(signal, over.signal)]);
    } finally {
      over.abort();
      if (signal?.aborted) await this.stop();
    }
  }

  /** Ends the child and removes what it left behind. A task that runs is rejected. */
  async stop(): Promise<void> {
    this.#told = true;
    if (this.#alive) this.#process.kill('SIGKILL');
    await this.#gone;
    await rm(this.#options.temporary, { recursive: true, force: true });
  }

  async #grade(task: GradeTask, over: AbortSignal): Promise<TaskEnd> {
    await Promise.race([this.#ready, this.#neverReady(over)]);
    const { deadlineMs } = this.#options.limits;
    const end = await Promise.race([
      this.#answer(task, over),
      this.#gone.then((how) => (this.#told ? toldToStop() : this.#stopped('grader-crash', how))),
      wait(deadlineMs, undefined, { signal: over }).then(() => this.#stopped('grader-deadline')),
      this.#tooLarge(over).then(() => this.#stopped('grader-memory')),
    ]);
    const lives = this.#alive && (end.kind === 'graded' || end.code === 'grader-crash');
    if (!lives) await this.stop();
    return end;
  }

  async #neverReady(over: AbortSignal): Promise<never> {
    const how = await Promise.race([this.#gone, wait(startMs, 'no sign of life', { signal: over })]);
    await this.stop();
    throw new Error(`a grading child did not start: ${how}. ${this.#complaints}`);
  }

  async #answer(task: GradeTask, over: AbortSignal): Promise<TaskEnd> {
    const id = ++this.#tasks;
    const { promise, resolve } = Promise.withResolvers<Exclude<FromChild, { kind: 'ready' }>>();
    const listen = (message: FromChild): void => {
      if (message.kind !== 'ready' && message.id === id) resolve(message);
    };
    this.#process.on('message', listen);
    over.addEventListener('abort', () => this.#process.off('message', listen), { once: true });
    // A channel that does not take it is a child that is of no use.
    this.#process.send({ kind: 'grade', id, task }, (error) => error && this.#process.kill('SIGKILL'));
    const message = await promise;
    if (message.kind === 'failed') return this.#failed(message.error, message.code);
    const breakdown = breakdownSchema.safeParse(message.breakdown);
    if (breakdown.success) return { kind: 'graded', breakdown: breakdown.data };
    return this.#failed(`no breakdown: ${breakdown.error.message}`, null);
  }

  #failed(error: string, code: string | null): TaskEnd {
    if (code !== null && machineFaults.has(code)) throw new Error(`grading failed on this machine: ${error}`);
    return this.#stopped('grader-crash', error.split('\n')[0]);
  }

  #stopped(code: StopCode, detail = ''): TaskEnd {
    return { kind: 'stopped', code, text: sentences[code](this.#options.limits, detail) };
  }

  async #tooLarge(over: AbortSignal): Promise<void> {
    const { pid } = this.#process;
    for (;;) {
      await wait(lookMs, undefined, { signal: over });
      const bytes = pid === undefined ? null : await residentBytes(pid);
      if (bytes !== null && bytes > this.#options.limits.memoryBytes) return;
    }
  }
}

function toldToStop(): never {
  throw new Error('the grading child was told to stop');
}

/** Never resolves; rejects with the reason when `signal` is aborted before `over` is. */
function aborted(signal: AbortSignal | undefined, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over });
  });
}
