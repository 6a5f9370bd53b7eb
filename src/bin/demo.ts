import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentNames } from '../config.ts';
import { prepareExam } from './demo/exam.ts';
import { type Service, serve } from './demo/program.ts';
import { report, waitForResults } from './demo/results.ts';
import { handIn } from './demo/terminal.ts';
import { describeFailure } from './failure.ts';
import { print, progress } from './output.ts';
import { untilTold } from './signals.ts';

/** Settings that may come from outside; all others are the defaults, or it would be no demo of them. */
const passedOn = ['PORT', 'GRADERS', 'LOG_LEVEL', 'MIN_FREE_DISK_MB'];

function environmentFor(dataDir: string, stay: boolean): NodeJS.ProcessEnv {
  const ours = environmentNames.filter((name) => !passedOn.includes(name));
  const inherited = Object.entries(process.env).filter(([name]) => !ours.includes(name));
  return {
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(inherited),
    DATA_DIR: dataDir,
    ...(!stay && { PORT: '0' }),
  };
}

/** Imports the papers and an exam, hands every sample in, waits for the queue, prints the table. */
async function mainJob(service: Service, environment: NodeJS.ProcessEnv, workFolder: string): Promise<void> {
  progress('importing papers and an exam');
  const candidates = await prepareExam(environment, workFolder);
  const attempts: string[] = [];
  for (const candidate of candidates) {
    progress(`handing in ${candidate.sample}`);
    attempts.push((await handIn(service.address, candidate, candidate.folder)).attempt);
  }
  print(report(candidates, await waitForResults(service.address, service.password, attempts)));
}

/** @returns the exit code: 0, or 130 when somebody ended it before it was done */
async function show(environment: NodeJS.ProcessEnv, workFolder: string, stay: boolean): Promise<number> {
  const told = untilTold(['SIGTERM', 'SIGINT', 'SIGHUP']);
  progress('starting the service');
  const service = await serve(environment);
  const job = mainJob(service, environment, workFolder);
  try {
    const interrupted = await Promise.race([job.then(() => false), told.then(() => true)]);
    if (interrupted) return 130;
    if (stay) {
      print(`\n${service.address}   API: ${service.address}/docs`);
      print(`account: admin   password: ${service.password}   (Ctrl-C ends it)`);
      await Promise.race([told, service.ended]);
    }
    return 0;
  } finally {
    await service.stop();
    // Interrupted, it fails as soon as the service is gone; its files must not go before it.
    await Promise.allSettled([job]);
  }
}

/**
 * The main job from end to end, in a fresh folder, on the embedded default: serve, papers, an exam, every sample
 * handed in over HTTP, graded, one table. `--stay` keeps serving afterwards.
 */
async function demo(stay: boolean): Promise<void> {
  const workFolder = await mkdtemp(join(tmpdir(), 'kaoping-demo-'));
  try {
    // PostgreSQL refuses root: it may run as another user, who has to reach its folder.
    await chmod(workFolder, 0o711);
    const dataDir = join(workFolder, 'data');
    await mkdir(dataDir);
    process.exitCode = await show(environmentFor(dataDir, stay), workFolder, stay);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

try {
  await demo(process.argv.includes('--stay'));
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = 1;
}
