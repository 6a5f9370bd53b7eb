import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A script of ours in a process of its own, so that it can be killed for real. */
export interface Child {
  process: ChildProcess;
  /** The next line of its output, as JSON. Throws if it ends first; the message has what it wrote to stderr. */
  say(): Promise<unknown>;
  /** Ends it the hard way and waits until it is gone. */
  kill(): Promise<void>;
  /** Waits until it ends by itself. Throws for another code than 0. */
  end(): Promise<void>;
}

/** Starts a script with this Node. Its stdin is a pipe. `command` is put before it, for example `unshare`. */
export function startScript(
  path: string,
  args: string[],
  options: SpawnOptions = {},
  command: string[] = [],
): Child {
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', path, ...args];
  const [program = '', ...rest] = [...command, ...node];
  const child = spawn(program, rest, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  // Writing to a child that was killed fails, as it should.
  child.stdin?.on('error', () => undefined);
  const closed = once(child, 'close');
  if (child.stdout === null) throw new Error('a piped child has no stdout');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    async say() {
      const { value, done } = await lines.next();
      if (done === true) {
        await closed;
        throw new Error(`${path} ended (${child.exitCode ?? child.signalCode}): ${errors}`);
      }
      return JSON.parse(value);
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async end() {
      await closed;
      if (child.exitCode !== 0)
        throw new Error(`${path} ended (${child.exitCode ?? child.signalCode}): ${errors}`);
    },
  };
}
