import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { residentBytes } from './memory.ts';
import type { FromChild, GradeTask, StopCode, TaskEnd } from './task.ts';

export interface ChildLimits {
  /** A task that takes longer is stopped. Milliseconds. */
  readonly deadlineMs: number;
  /** A child that holds more is stopped; native memory counts, so no heap flag would do. Bytes. */
  readonly memoryBytes: number;
}

/** Loading the graders takes a second or two, on a busy machine more. */
const startMs = 60_000;
/** Memory grows by some hundred MB a second at worst; looking costs a small read. */
const lookMs = 100;

const program = join(import.meta.dirname, 'child.ts');

/** What a child needs from the environment: no address, no secret. */
const environment = (temporary: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  TMPDIR: temporary,
  // Enough for a few reads side by side; sharp decodes on one of them.
  UV_THREADPOOL_SIZE: '2',
});

const sentences: Record<StopCode, (limits: ChildLimits, detail: string) => string> = {
  'grader-deadline': ({ deadlineMs }) => `初评超过 ${deadlineMs / 1000} 秒未完成，已停止，请人工评定。`,
  'grader-memory': ({ memoryBytes }) =>
    `初评占用内存超过 ${Math.round(memoryBytes / 2 ** 20)} MB，已停止，请人工评定。`,
  'grader-crash': (_limits, detail) => `评卷程序在处理此作品时退出（${detail}），请人工评定。`,
};

/**
 * One child process that grades one task at a time under a deadline and a memory limit. Whatever a submission does
 * to it, `run` resolves; after a stop the child is dead and `alive` false.
 */
export class GradingChild {
  readonly #process: ChildProcess;
  readonly #temporary: string;
  readonly #limits: ChildLimits;
  readonly #ready: Promise<void>;
  readonly #gone: Promise<string>;
  #alive = true;
  #tasks = 0;

  private constructor(child: ChildProcess, temporary: string, limits: ChildLimits) {
    this.#process = child;
    this.#temporary = temporary;
    this.#limits = limits;
    this.#gone = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#alive = false;
        resolve(signal ?? `exit code ${code}`);
      });
    });
    this.#ready = new Promise((resolve) => {
      child.once('message', () => resolve());
    });
  }

  /** @param temporary folder for the child's own files; removed with it */
  static async start(temporary: string, limits: ChildLimits): Promise<GradingChild> {
    await mkdir(temporary, { recursive: true });
    const child = fork(program, [], {
      env: environment(temporary),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const grading = new GradingChild(child, temporary, limits);
    // An unheard 'error' (a channel that broke) would end the worker; the exit tells all that matters.
    child.on('error', () => child.kill('SIGKILL'));
    return grading;
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  async run(task: GradeTask, signal?: AbortSignal): Promise<TaskEnd> {
    const id = ++this.#tasks;
    const watch = new AbortController();
    const stops = watch.signal;
    try {
      const started = await Promise.race([
        this.#ready.then(() => true),
        this.#gone,
        this.#late(startMs, stops),
      ]);
      if (started !== true) return this.#stopped('grader-crash', String(started ?? 'it did not start'));
      const answer = this.#answer(id, stops);
      this.#process.send({ kind: 'grade', id, task });
      return await Promise.race([
        answer,
        this.#gone.then((how) => this.#stopped('grader-crash', how)),
        this.#late(this.#limits.deadlineMs, stops).then(() => this.#stopped('grader-deadline')),
        this.#tooLarge(stops).then(() => this.#stopped('grader-memory')),
        rejected(signal, stops),
      ]);
    } finally {
      watch.abort();
      if (signal?.aborted) await this.stop();
    }
  }

  /** Ends the child and removes what it left behind. */
  async stop(): Promise<void> {
    if (this.#alive) this.#process.kill('SIGKILL');
    await this.#gone;
    await rm(this.#temporary, { recursive: true, force: true });
  }

  async #stopped(code: StopCode, detail = ''): Promise<TaskEnd> {
    await this.stop();
    return { kind: 'stopped', code, text: sentences[code](this.#limits, detail) };
  }

  #answer(id: number, stops: AbortSignal): Promise<TaskEnd> {
    return new Promise((resolve) => {
      const listen = (message: FromChild): void => {
        if (message.kind === 'ready' || message.id !== id) return;
        if (message.kind === 'graded') resolve({ kind: 'graded', breakdown: message.breakdown });
        else
          resolve({
            kind: 'stopped',
            code: 'grader-crash',
            text: sentences['grader-crash'](this.#limits, message.error.split('\n')[0] ?? ''),
          });
      };
      this.#process.on('message', listen);
      stops.addEventListener('abort', () => this.#process.off('message', listen), { once: true });
    });
  }

  #late(ms: number, stops: AbortSignal): Promise<undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms, undefined);
      stops.addEventListener('abort', () => clearTimeout(timer), { once: true });
    });
  }

  #tooLarge(stops: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = setInterval(() => {
        const { pid } = this.#process;
        if (pid === undefined) return;
        residentBytes(pid).then(
          (bytes) => bytes !== null && bytes > this.#limits.memoryBytes && resolve(),
          reject,
        );
      }, lookMs);
      stops.addEventListener('abort', () => clearInterval(look), { once: true });
    });
  }
}

/** Never resolves; rejects when `signal` is aborted before `stops` is. */
function rejected(signal: AbortSignal | undefined, stops: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: stops });
  });
}
