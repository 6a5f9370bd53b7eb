import { type ChildProcess, fork } from 'node:child_process';

/** A program of a benchmark in a process of its own, which answers one question at a time. */
export interface Helper {
  readonly pid: number;
  /** @throws Error with what the program threw, or when it ends without an answer */
  ask<Answer>(question: unknown): Promise<Answer>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

type Reply = { readonly answer: unknown } | { readonly error: string };

/** Starts a program that calls `answerWith`. */
export function startHelper(
  program: string,
  { args = [], env = process.env }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Helper {
  const child = fork(program, args, {
    env,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} could not be started`);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return {
    pid,
    async ask<Answer>(question: unknown) {
      const reply = replyOf(child);
      child.send({ question });
      const outcome = await Promise.race([reply, ended.then((how) => ({ error: `it ended: ${how}` }))]);
      if ('error' in outcome) throw new Error(`${program}: ${outcome.error}`);
      return outcome.answer as Answer;
    },
    async stop() {
      // The program ends with the channel, after letting go of what it holds.
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

const replyOf = (child: ChildProcess): Promise<Reply> =>
  new Promise((resolve) => {
    child.once('message', (message) => resolve(message as Reply));
  });

/**
 * The other side: answers each question with what `handle` returns or throws.
 * @param close lets go of everything, so that the process ends by itself once nobody asks any more
 */
export function answerWith<Question>(
  handle: (question: Question) => Promise<unknown>,
  close: () => Promise<void> | void = () => undefined,
): void {
  process.on('message', async ({ question }: { question: Question }) => {
    const reply: Reply = await handle(question).then(
      (answer) => ({ answer }),
      (error: unknown) => ({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    );
    process.send?.(reply);
  });
  process.once('disconnect', async () => {
    await close();
    process.exit();
  });
}
