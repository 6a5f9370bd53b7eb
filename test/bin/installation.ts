import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Client } from 'pg';
import { stringify } from 'yaml';
import { hashFile } from '../../src/bin/hash-file.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { findPostmaster } from '../../src/database/postmaster.ts';
import { temporaryFolder } from '../support/folder.ts';
import { memoryLog } from '../support/log.ts';
import { kaopingJson, type Settings } from './program.ts';

/** Works on an installation's database; the embedded one is started for it, or shared with whoever runs it. */
export async function onDatabase<T>(settings: Settings, work: (client: Client) => Promise<T>): Promise<T> {
  const embedded = settings.DATABASE_URL
    ? null
    : await startEmbedded({ dataDir: join(settings.DATA_DIR ?? '', 'postgres'), log: memoryLog() });
  const client = new Client({ connectionString: settings.DATABASE_URL ?? embedded?.url });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
    await embedded?.stop();
  }
}

/** Every row of every table (or of those named) as JSON, sorted. */
export async function rowsOf(
  settings: Settings,
  only?: readonly string[],
): Promise<Record<string, string[]>> {
  return onDatabase(settings, async (client) => {
    const found = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const tables: Record<string, string[]> = {};
    for (const { name } of found.rows) {
      if (only && !only.includes(name)) continue;
      const { rows } = await client.query<{ row: string }>(
        `select row_to_json(t)::text as row from "${name}" t`,
      );
      tables[name] = rows.map(({ row }) => row).sort();
    }
    return tables;
  });
}

/** Hashes of everything that a backup holds, by path. */
export async function filesOf({ DATA_DIR = '' }: Settings): Promise<Record<string, string | null>> {
  const files: Record<string, string | null> = {};
  for (const kept of ['blobs', 'manifests', 'keys']) {
    const folder = join(DATA_DIR, kept);
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) files[relative(DATA_DIR, path)] = await hashFile(path);
    }
  }
  return files;
}

export interface Sitting {
  readonly ticket: string;
  readonly pin: string;
}

/** Imports and publishes a small paper and an exam that runs now, through the command line. */
export async function prepareExam(settings: Settings, count: number): Promise<Sitting[]> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'paper/materials'), { recursive: true });
  await writeFile(join(folder, 'paper/paper.yaml'), paper);
  await writeFile(join(folder, 'paper/task.md'), '# 任务\n制作首页。\n');
  await writeFile(join(folder, 'paper/materials/tea.txt'), '素材');
  const imported = await kaopingJson<{ version: string }[]>(
    settings,
    ...['rubric', 'import', join(folder, 'paper'), '--reason', 'test'],
  );
  await kaopingJson(settings, 'rubric', 'publish', ...imported.map(({ version }) => version));
  const sittings = Array.from({ length: count }, (_, index) => ({
    ticket: `2026${String(index + 1).padStart(4, '0')}`,
    pin: `pin-${index + 1}`,
  }));
  const lines = sittings.map(
    ({ ticket, pin }, index) => `${ticket},考生${index + 1},page,PAGE-9,第一场,机房1,${index + 1},${pin}`,
  );
  const heading = '准考证号,姓名,模块,试题,场次,考场,座位号,密码';
  await writeFile(join(folder, 'list.csv'), [heading, ...lines].join('\n'));
  const moment = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const session = { name: '第一场', startsAt: moment(-30), endsAt: moment(30) };
  const exam = { name: '技能考核', papers: ['PAGE-9'], candidates: 'list.csv', sessions: [session] };
  await writeFile(join(folder, 'exam.yaml'), stringify(exam));
  await kaopingJson(settings, 'exam', 'import', join(folder, 'exam.yaml'));
  return sittings;
}

const paper = `id: PAGE-9
title: 茶叶店首页
module: page
minutes: 60
slots:
  home: { path: index.html, kind: page }
  tea: { path: tea.txt, kind: document }
items:
  - { id: page-5.title, criterion: page-5, text: 标题, points: 40, by: auto, check: page-title, with: { slot: home, title: 湘茗 } }
  - { id: page-6.look, criterion: page-6, text: 美观, points: 60, by: examiner }
`;

/** Whether a database server runs on an installation's folder. */
export async function postmasterIn({ DATA_DIR = '' }: Settings): Promise<boolean> {
  return (await findPostmaster(join(DATA_DIR, 'postgres/cluster'))) !== undefined;
}
