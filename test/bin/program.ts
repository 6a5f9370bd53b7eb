import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { environmentNames } from '../../src/config.ts';
import { temporaryFolder } from '../support/folder.ts';

const program = join(import.meta.dirname, '../../src/bin/kaoping.ts');
const flags = ['--disable-warning=ExperimentalWarning', program];

export type Settings = Readonly<Record<string, string>>;

/** The environment of a test's own installation: none of the settings of whoever runs the tests. */
function environment(settings: Settings): NodeJS.ProcessEnv {
  const foreign = Object.entries(process.env).filter(([name]) => !environmentNames.includes(name));
  return { ...Object.fromEntries(foreign), ...settings };
}

/** A new embedded installation. */
export async function newInstallation(settings: Settings = {}): Promise<Settings> {
  const DATA_DIR = join(await temporaryFolder(), 'data');
  return { DATA_DIR, PORT: '0', GRADERS: '1', MIN_FREE_DISK_MB: '0', ...settings };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function start(settings: Settings, parameters: readonly string[], input = ''): Running {
  const child = spawn(process.execPath, [...flags, ...parameters], { env: environment(settings) });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  child.stdin.end(input);
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }));
  return { child, ended };
}

/** Runs `kaoping` as a process to its end. */
export const kaoping = (settings: Settings, ...parameters: string[]): Promise<Ended> =>
  start(settings, parameters).ended;

/** The same with something on its standard input. */
export const kaopingReading = (input: string, settings: Settings, ...parameters: string[]): Promise<Ended> =>
  start(settings, parameters, input).ended;

/** Runs a command with `--json` and reads its one document. @throws with what it said when it fails */
export async function kaopingJson<T>(settings: Settings, ...parameters: string[]): Promise<T> {
  const { code, stdout, stderr } = await kaoping(settings, ...parameters, '--json');
  if (code !== 0) throw new Error(`kaoping ${parameters.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as T;
}

export interface Service {
  readonly address: string;
  /** Of `admin`; given at the first start only. */
  readonly password: string | undefined;
  readonly ended: Promise<Ended>;
  /** Ends it in order. @throws when it does not end with 0 */
  stop(): Promise<void>;
}

/** Starts `serve` and resolves when it has said where it listens. */
export async function serve(settings: Settings): Promise<Service> {
  const { child, ended } = start(settings, ['serve', '--json']);
  const { promise: greeting, resolve } = Promise.withResolvers<string>();
  let text = '';
  child.stdout?.on('data', (chunk: string) => {
    text += chunk;
    if (text.endsWith('}\n')) resolve(text);
  });
  const first = await Promise.race([greeting, ended]);
  if (typeof first !== 'string') throw new Error(`serve ended with ${first.code}: ${first.stderr}`);
  const { address, password } = JSON.parse(first) as { address: string; password?: string };
  return {
    address,
    password,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const { code, stderr } = await ended;
      if (code !== 0) throw new Error(`serve ended with ${code}: ${stderr}`);
    },
  };
}
