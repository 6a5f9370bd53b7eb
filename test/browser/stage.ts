import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run, serve } from '../../src/bin/demo/program.ts';
import { handIn } from '../../src/bin/demo/terminal.ts';

const samplesFolder = join(import.meta.dirname, '../../samples');

/** Papers of the small exam, with the words its list of candidates names their modules by. */
const modules = { 'PAGE-1': '网页美化', 'SHOP-1': '网店美工', 'OPS-1': '平台运营' } as const;

export interface Sitting {
  readonly ticket: string;
  readonly pin: string;
  readonly paper: keyof typeof modules;
  /** A sample that is handed in for them beforehand; null for those who still sit there. */
  readonly sample: string | null;
}

export const sittings: readonly Sitting[] = (
  [
    ['PAGE-1', 'page-1-slips'],
    ['SHOP-1', 'shop-1-slips'],
    ['OPS-1', 'ops-1-slips'],
    ['PAGE-1', 'page-1-mistakes'],
    ['SHOP-1', null],
    ['PAGE-1', null],
    ['SHOP-1', 'shop-1-half-uploaded'],
    ['SHOP-1', null],
  ] as const
).map(([paper, sample], index) => ({
  ticket: `4301250${index + 1}`,
  pin: `20260${index + 1}`,
  paper,
  sample,
}));

/** Who works on the exam, beside the first administrator. */
export const staff = {
  examiner: { name: 'zhang', displayName: '张老师', password: 'examiner-zhang', roles: ['examiner'] },
  second: { name: 'li', displayName: '李老师', password: 'examiner-li-2', roles: ['examiner'] },
  invigilator: { name: 'wang', displayName: '王老师', password: 'invigilator-wang', roles: ['invigilator'] },
  office: { name: 'kaowu', displayName: '考务办', password: 'office-kaowu', roles: ['administrator'] },
} as const;

export interface Stage {
  readonly address: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Asks the API as the administrator. */
  ask<T>(path: string, options?: RequestInit): Promise<T>;
  /** Kills nothing: ends the service as Ctrl-C would. */
  close(): Promise<void>;
}

const names = ['陈晓', '林一帆', '周雨桐', '吴思远', '郑佳', '何文静', '罗子涵', '唐可'];

async function prepareExam(environment: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const papers = Object.keys(modules);
  const imported = await run<{ version: string }[]>(
    environment,
    'rubric',
    'import',
    ...papers,
    '--reason',
    '春季技能考核',
  );
  await run(environment, 'rubric', 'publish', ...imported.map(({ version }) => version));
  const lines = sittings.map(({ ticket, pin, paper }, index) =>
    [ticket, names[index], modules[paper], paper, '第一场', '机房1', index + 1, pin].join(','),
  );
  const heading = '准考证号,姓名,模块,试题,场次,考场,座位号,密码';
  await writeFile(join(folder, 'candidates.csv'), [heading, ...lines, ''].join('\n'));
  const minute = 60_000;
  const session = {
    name: '第一场',
    startsAt: new Date(Date.now() - 20 * minute).toISOString(),
    endsAt: new Date(Date.now() + 40 * minute).toISOString(),
    graceSeconds: 120,
  };
  const exam = { name: '2026 年春季专业技能考核', papers, candidates: 'candidates.csv', sessions: [session] };
  await writeFile(join(folder, 'exam.yaml'), stringify(exam));
  await run(environment, 'exam', 'import', join(folder, 'exam.yaml'));
}

async function signIn(address: string, name: string, password: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}

/** The real service in a folder of its own, on the embedded database, with a small exam that runs right now. */
export async function openStage(folder: string): Promise<Stage> {
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { recursive: true });
  const { DATABASE_URL: _d, REDIS_URL: _r, ...inherited } = process.env;
  const environment = {
    ...inherited,
    DATA_DIR: dataDir,
    PORT: '0',
    MIN_FREE_DISK_MB: '0',
    LOG_LEVEL: 'fatal',
    NODE_ENV: '',
  };
  const service = await serve(environment);
  const { address } = service;
  try {
    await prepareExam(environment, folder);
    const token = await signIn(address, 'admin', service.password);
    const ask = async <T>(path: string, options: RequestInit = {}): Promise<T> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${address}/api/v1${path}`, { headers, ...options });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    for (const account of Object.values(staff))
      await ask('/accounts', { method: 'POST', body: JSON.stringify(account) });
    for (const { sample, ...who } of sittings)
      if (sample) await handIn(address, who, join(samplesFolder, sample, 'submission'));
    return { address, environment, ask, close: () => service.stop() };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** Waits until everything that was handed in beforehand is graded. */
export async function untilGraded({ ask }: Stage): Promise<void> {
  const wanted = sittings.filter(({ sample }) => sample !== null).length;
  for (;;) {
    const { items } = await ask<{ items: unknown[] }>('/review/submissions');
    if (items.length >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
