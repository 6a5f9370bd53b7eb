import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { checks } from '../../../graders/checks/registry.ts';
import { loadPaper } from '../../../rubrics/load-paper.ts';
import { papersFolder } from '../papers.ts';
import { run } from './program.ts';

/** A sample submission and the candidate who hands it in. */
export interface DemoCandidate {
  readonly ticket: string;
  readonly pin: string;
  readonly paper: string;
  readonly sample: string;
  readonly folder: string;
}

const samplesFolder = join(import.meta.dirname, '../../../samples');

/** Samples are folders named `<paper>-<what>`, e.g. `page-1-excellent`, with the hand-in in submission/. */
async function samples(
  papers: readonly string[],
): Promise<{ paper: string; sample: string; folder: string }[]> {
  const names = (await readdir(samplesFolder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return names.sort().flatMap((sample) => {
    const paper = papers.find((id) => sample.startsWith(`${id.toLowerCase()}-`));
    return paper ? [{ paper, sample, folder: join(samplesFolder, sample, 'submission') }] : [];
  });
}

const moduleNames = { service: '客服', page: '网页美化', shop: '网店美工', ops: '平台运营', mkt: '网络推广' };

/** Imports and publishes all papers, makes an exam that runs right now, and seats one candidate per sample. */
export async function prepareExam(
  environment: NodeJS.ProcessEnv,
  workFolder: string,
): Promise<DemoCandidate[]> {
  const ids = (await readdir(papersFolder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^[A-Z]+-\d+$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const imported = await run<{ version: string }[]>(
    environment,
    'rubric',
    'import',
    ...ids,
    '--reason',
    'demo',
  );
  await run(environment, 'rubric', 'publish', ...imported.map(({ version }) => version));

  const modules = new Map<string, string>();
  for (const id of ids) modules.set(id, moduleNames[loadPaper(join(papersFolder, id), checks).module]);
  const candidates = (await samples(ids)).map((sample, index) => ({
    ...sample,
    ticket: `2026${String(index + 1).padStart(4, '0')}`,
    pin: String(100_000 + index * 7_919),
  }));
  const heading = '准考证号,姓名,模块,试题,场次,考场,座位号,密码';
  const lines = candidates.map(({ ticket, paper, pin }, index) =>
    [ticket, `考生${index + 1}`, modules.get(paper), paper, '演示场', '机房1', index + 1, pin].join(','),
  );
  await writeFile(join(workFolder, 'candidates.csv'), [heading, ...lines, ''].join('\n'));
  const hour = 3_600_000;
  const exam = {
    name: '演示考试',
    sessions: [
      {
        name: '演示场',
        startsAt: new Date(Date.now() - hour / 2).toISOString(),
        endsAt: new Date(Date.now() + hour / 2).toISOString(),
        graceSeconds: 60,
      },
    ],
    papers: ids,
    candidates: 'candidates.csv',
  };
  await writeFile(join(workFolder, 'exam.yaml'), stringify(exam));
  await run(environment, 'exam', 'import', join(workFolder, 'exam.yaml'));
  return candidates;
}
