import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { run } from '../src/bin/demo/program.ts';

/** Whoever sits in the exam: ready to hand in. */
export interface Seated {
  readonly paper: string;
  readonly token: string;
}

const moduleNames: Record<string, string> = { PAGE: '网页美化', SHOP: '网店美工', OPS: '平台运营' };

const pin = '135790';

/**
 * Sets an exam up as an administrator does, beside the running service: papers, an exam that runs now, candidates.
 * Ticket and PIN are exchanged for tokens at once, as terminals do before the rush.
 *
 * @param papers the paper of each candidate
 */
export async function seat(
  environment: NodeJS.ProcessEnv,
  address: string,
  folder: string,
  papers: readonly string[],
): Promise<Seated[]> {
  const ids = [...new Set(papers)];
  const imported = await run<{ version: string }[]>(
    environment,
    'rubric',
    'import',
    ...ids,
    '--reason',
    'bench',
  );
  await run(environment, 'rubric', 'publish', ...imported.map(({ version }) => version));
  const lines = papers.map((paper, index) => {
    const module = moduleNames[paper.split('-')[0] ?? ''];
    return [ticketOf(index), `考生${index + 1}`, module, paper, '第一场', '机房1', index + 1, pin].join(',');
  });
  await writeFile(
    join(folder, 'candidates.csv'),
    ['准考证号,姓名,模块,试题,场次,考场,座位号,密码', ...lines, ''].join('\n'),
  );
  const hour = 3_600_000;
  const session = {
    name: '第一场',
    startsAt: new Date(Date.now() - hour / 2).toISOString(),
    endsAt: new Date(Date.now() + hour).toISOString(),
    graceSeconds: 60,
  };
  const exam = { name: '性能测试', sessions: [session], papers: ids, candidates: 'candidates.csv' };
  await writeFile(join(folder, 'exam.yaml'), stringify(exam));
  await run(environment, 'exam', 'import', join(folder, 'exam.yaml'));
  const seated: Seated[] = [];
  for (const [index, paper] of papers.entries())
    seated.push({ paper, token: await tokenFor(address, ticketOf(index)) });
  return seated;
}

const ticketOf = (index: number): string => `4301${String(index + 1).padStart(6, '0')}`;

async function tokenFor(address: string, ticket: string): Promise<string> {
  const response = await fetch(`${address}/api/v1/hand-in/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket, pin }),
  });
  if (!response.ok) throw new Error(`no token for ${ticket}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}
