import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { cli } from './service.ts';

export interface Sitting {
  readonly ticket: string;
  readonly pin: string;
}

/** An exam with PAGE-1 that runs now, prepared by the commands an administrator types, and an administrator's token. */
export async function prepareExam(
  settings: Record<string, string>,
  folder: string,
  count: number,
): Promise<{ candidates: Sitting[]; token: string }> {
  const account = cli<{ token: string }>(
    settings,
    'user',
    'add',
    'office',
    '--roles',
    'administrator,examiner',
    '--token',
  );
  const imported = await cli<{ version: string }[]>(
    settings,
    'rubric',
    'import',
    'PAGE-1',
    '--reason',
    'test',
  );
  await cli(settings, 'rubric', 'publish', ...imported.map(({ version }) => version));
  const candidates = Array.from({ length: count }, (_, index) => ({
    ticket: `2026${String(index + 1).padStart(4, '0')}`,
    pin: String(100_000 + index * 7_919),
  }));
  const lines = candidates.map(({ ticket, pin }, index) =>
    [ticket, `考生${index + 1}`, '网页美化', 'PAGE-1', '第一场', '机房1', index + 1, pin].join(','),
  );
  const heading = '准考证号,姓名,模块,试题,场次,考场,座位号,密码';
  await writeFile(join(folder, 'candidates.csv'), [heading, ...lines, ''].join('\n'));
  const hour = 3_600_000;
  const session = {
    name: '第一场',
    startsAt: new Date(Date.now() - hour).toISOString(),
    endsAt: new Date(Date.now() + hour).toISOString(),
    graceSeconds: 60,
  };
  const exam = { name: '考试', sessions: [session], papers: ['PAGE-1'], candidates: 'candidates.csv' };
  await writeFile(join(folder, 'exam.yaml'), stringify(exam));
  await cli(settings, 'exam', 'import', join(folder, 'exam.yaml'));
  return { candidates, token: (await account).token };
}
