import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareExam } from './demo/exam.ts';
import { serve } from './demo/program.ts';
import { report, waitForResults } from './demo/results.ts';
import { handIn } from './demo/terminal.ts';
import { print, progress, progressDone } from './output.ts';

/**
 * The main job from end to end, in a fresh folder, on the embedded default: serve, papers, an exam, every sample
 * handed in over HTTP, graded, one table. `--stay` keeps serving afterwards.
 */
async function demo(stay: boolean): Promise<void> {
  const workFolder = await mkdtemp(join(tmpdir(), 'kaoping-demo-'));
  const dataDir = join(workFolder, 'data');
  await mkdir(dataDir);
  const { DATABASE_URL: _d, REDIS_URL: _r, ...inherited } = process.env;
  const environment = {
    ...inherited,
    DATA_DIR: dataDir,
    PORT: stay ? (process.env.PORT ?? '8080') : '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
  try {
    progress('starting the service');
    const service = await serve(environment);
    try {
      progress('importing papers and an exam');
      const candidates = await prepareExam(environment, workFolder);
      const attempts: string[] = [];
      for (const candidate of candidates) {
        progress(`handing in ${candidate.sample}`);
        attempts.push((await handIn(service.address, candidate, candidate.folder)).attempt);
      }
      const details = await waitForResults(service.address, service.password, attempts);
      progressDone();
      print(report(candidates, details));
      if (stay) {
        print(
          `\n${service.address}   API: ${service.address}/docs\naccount: admin   password: ${service.password}   (Ctrl-C ends it)`,
        );
        // Ctrl-C reaches the service too; this process only waits for it, then cleans up.
        process.on('SIGINT', () => undefined);
        await service.ended;
      }
    } finally {
      if (!stay) await service.stop();
    }
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

await demo(process.argv.includes('--stay'));
