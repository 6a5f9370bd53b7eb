import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const kaoping = join(import.meta.dirname, '../src/bin/kaoping.ts');

/** A running `kaoping serve`. */
export interface Service {
  readonly address: string;
  readonly pid: number;
  /** @throws Error when it does not end cleanly */
  stop(): Promise<void>;
}

/**
 * Settings of a service that is measured: the embedded database, HTTP alone, and limits a crowd from one machine
 * does not reach. Nothing is taken over from the caller's settings of kaoping.
 */
export const serviceEnvironment = (dataDir: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  DATA_DIR: dataDir,
  PORT: '0',
  LOG_LEVEL: 'warn',
  WORK_IN_SERVE: 'false',
  REQUESTS_PER_MINUTE: '100000',
  LOGIN_ATTEMPTS_PER_MINUTE: '100000',
});

/**
 * Starts the service as people do and resolves once it listens.
 * @param flags for Node, before the program: `--cpu-prof` shows where its time goes
 */
export async function startService(environment: NodeJS.ProcessEnv, flags: string[] = []): Promise<Service> {
  const options = ['--disable-warning=ExperimentalWarning', ...flags, kaoping, 'serve', '--json'];
  const child = spawn(process.execPath, options, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const address = await addressOf(child);
  if (address === null || child.pid === undefined)
    throw new Error(`the service did not start (exit code ${await ended})`);
  return {
    address,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      if (code !== 0) throw new Error(`the service ended with ${code}`);
    },
  };
}

/** From the first document that `serve --json` prints, over several lines; null when it ended without one. */
async function addressOf({ stdout }: ChildProcess): Promise<string | null> {
  if (!stdout) throw new Error('the service was started without a standard output');
  let text = '';
  for await (const line of createInterface({ input: stdout })) {
    text += line;
    if (line === '}') break;
  }
  return text ? (JSON.parse(text) as { address: string }).address : null;
}
