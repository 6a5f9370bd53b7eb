import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '../user-error.ts';

const kaoping = join(import.meta.dirname, '../kaoping.ts');
const flags = ['--disable-warning=ExperimentalWarning', kaoping];

/** Runs a command of the CLI to its end and returns what it printed as JSON. @throws UserError with its message */
export async function run<T>(environment: NodeJS.ProcessEnv, ...parameters: string[]): Promise<T> {
  const child = spawn(process.execPath, [...flags, ...parameters, '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new UserError(`kaoping ${parameters.join(' ')} ended with ${code}: ${complained.trim()}`);
  return JSON.parse(printed) as T;
}

export interface Service {
  readonly address: string;
  readonly password: string;
  /** Ends it as Ctrl-C would. @throws when it does not end by itself */
  stop(): Promise<void>;
  /** Resolves when it ended, with its exit code. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts `kaoping serve` and resolves once it listens. It has a process group of its own: a terminal's Ctrl-C reaches
 * the demo alone, which then ends the service in order.
 */
export async function serve(environment: NodeJS.ProcessEnv): Promise<Service> {
  const child = spawn(process.execPath, [...flags, 'serve', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const greeting = await greetingOf(child);
  if (!greeting)
    throw new UserError(`the service did not start (exit code ${await ended}); it says why above`);
  return {
    ...greeting,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      if (code !== 0) throw new UserError(`the service ended with ${code}`);
    },
  };
}

/** `serve --json` prints one JSON document over several lines; null when it ended before. */
async function greetingOf({ stdout }: ChildProcess): Promise<{ address: string; password: string } | null> {
  if (!stdout) throw new Error('serve was started without a standard output');
  let text = '';
  for await (const line of createInterface(stdout)) {
    text += line;
    if (line === '}') return JSON.parse(text) as { address: string; password: string };
  }
  return null;
}
