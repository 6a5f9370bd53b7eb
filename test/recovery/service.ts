import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childrenOf } from './processes.ts';

const kaoping = join(import.meta.dirname, '../../src/bin/kaoping.ts');
const flags = ['--disable-warning=ExperimentalWarning', kaoping];

/** Settings of a process of ours; nothing of the test's own environment that would send it elsewhere. */
export function environmentOf(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, USER } = process.env;
  return {
    PATH,
    HOME,
    LANG,
    USER,
    LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    PORT: '0',
    MIN_FREE_DISK_MB: '1',
    ...settings,
  };
}

/** A `serve` or `worker` in a process of its own, so that it can be killed for real. */
export interface Service {
  readonly pid: number;
  /** Of `serve`: where it listens. */
  readonly address: string;
  /** Of the first `serve` on a fresh database. */
  readonly password: string | undefined;
  /** Every log line so far. */
  readonly log: readonly string[];
  readonly ended: Promise<number | NodeJS.Signals>;
  /** The grading children it has now. */
  graders(): number[];
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | NodeJS.Signals>;
}

const started: ChildProcess[] = [];

/** The last resort: nothing that a test started outlives it. */
export function killAll(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
}

const root = join(import.meta.dirname, '../..');
const serve = [process.execPath, ...flags, 'serve', '--json'];

/**
 * Starts `serve`, or another command of ours, and resolves once it says that it is ready.
 * @throws Error with its log when it ends instead
 */
export async function start(
  settings: Record<string, string>,
  { command = serve, folder = root }: { command?: readonly string[]; folder?: string } = {},
): Promise<Service> {
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, {
    env: environmentOf(settings),
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? 0));
  });
  const said = await Promise.race([greetingOf(child), ended]);
  const { pid } = child;
  if (typeof said !== 'object' || pid === undefined)
    throw new Error(`${parameters.at(-1)} ended with ${String(said)}:\n${log.join('\n')}`);
  return {
    pid,
    address: said.address,
    password: said.password,
    log,
    ended,
    graders: () =>
      childrenOf(pid)
        .filter(({ command }) => command.includes('children/child.ts'))
        .map((one) => one.pid),
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** `serve --json` prints one JSON document over several lines; without `--json` and in a worker it is one line of text. */
async function greetingOf(child: ChildProcess): Promise<{ address: string; password?: string }> {
  if (!child.stdout) throw new Error('started without a standard output');
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    const [address] = /http:\/\/\S+/.exec(line) ?? [];
    if (!text.startsWith('{') && (address || line.startsWith('worker'))) return { address: address ?? '' };
    if (line === '}') return JSON.parse(text);
  }
  // The end of the process tells more.
  return new Promise(() => undefined);
}

/** Runs a command of the CLI to its end. @returns what it printed as JSON @throws Error with what it complained of */
export async function cli<T>(settings: Record<string, string>, ...parameters: string[]): Promise<T> {
  const child = spawn(process.execPath, [...flags, ...parameters, '--json'], {
    env: environmentOf({ ...settings, LOG_LEVEL: 'warn' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let printed = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complained += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new Error(`kaoping ${parameters.join(' ')} ended with ${String(code)}: ${complained}`);
  return JSON.parse(printed) as T;
}
