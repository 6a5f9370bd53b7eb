import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsSchema } from '../../graders/facts/schema.ts';
import { breakdownSchema } from '../../rubrics/breakdown.ts';
import { temporaryFolder } from '../support/folder.ts';
import { kaoping, kaopingJson, newInstallation, type Settings } from './program.ts';

let settings: Settings;
let folder: string;
beforeAll(async () => {
  settings = await newInstallation();
  folder = await temporaryFolder();
});

const sample = join(import.meta.dirname, '../../samples/page-1-excellent/submission');

describe('asking for help', () => {
  const commands = [
    [],
    ['serve'],
    ['worker'],
    ['facts'],
    ['grade'],
    ['verify-receipt'],
    ['rotate-key'],
    ['recover'],
    ['backup'],
    ['restore'],
    ['rubric'],
    ['rubric', 'check'],
    ['rubric', 'import'],
    ['rubric', 'publish'],
    ['user'],
    ['user', 'add'],
    ['exam'],
    ['exam', 'import'],
  ];
  it.each(commands)('kaoping %s %s --help', async (...command: string[]) => {
    const { code, stdout, stderr } = await kaoping(settings, ...command.filter(Boolean), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: ${['kaoping', ...command].filter(Boolean).join(' ')}`));
  });

  it('prints the version', async () => {
    const { code, stdout } = await kaoping(settings, '--version');
    expect([code, stdout]).toEqual([0, '0.1.0\n']);
  });
});

describe('calling it wrongly ends with 2 and says how it is done', () => {
  it.each([
    [['dance'], "unknown command 'dance'"],
    [['rubric', 'dance'], "unknown command 'dance'"],
    [['facts'], "missing required argument 'folder-or-archive'"],
    [['grade', 'x'], "required option '--paper <id>' not specified"],
    [['serve', '--dance'], "unknown option '--dance'"],
  ])('%j', async (parameters, message) => {
    const { code, stdout, stderr } = await kaoping(settings, ...parameters);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('--help');
  });
});

describe('a foreseen error ends with 1, one line and no stack:', () => {
  async function refused(wanted: Settings, ...parameters: string[]): Promise<string> {
    const { code, stdout, stderr } = await kaoping({ ...settings, ...wanted }, ...parameters);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).not.toMatch(/^\s+at /m);
    return stderr;
  }

  it('settings that cannot be', async () => {
    const said = await refused({ PORT: '99999', GRADERS: 'many' }, 'serve');
    expect(said).toContain('PORT: ');
    expect(said).toContain('GRADERS: ');
  });

  it('a DATA_DIR below a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await refused({ DATA_DIR: join(file, 'data') }, 'serve')).toContain('set DATA_DIR to a folder');
  });

  it('a database where nobody answers', async () => {
    const said = await refused({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' }, 'recover');
    expect(said).toContain('ECONNREFUSED');
    expect(said).toContain('check DATABASE_URL');
  });

  it('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await refused({ PORT: port, LOG_LEVEL: 'error' }, 'serve')).toContain('set PORT to a free one');
    server.close();
  });

  it('a file, a folder or a paper that is not there', async () => {
    expect(await refused({}, 'facts', join(folder, 'none'))).toContain('no such file or folder');
    expect(await refused({}, 'grade', sample, '--paper', 'PAGE-0')).toContain('no paper "PAGE-0"');
    expect(await refused({}, 'grade', sample, '--paper', 'PAGE-1', '--material', 'none')).toContain(
      'no such folder',
    );
    expect(await refused({}, 'exam', 'import', join(folder, 'none.yaml'))).toContain('no such file');
    expect(await refused({}, 'verify-receipt', join(folder, 'none.json'))).toContain('no such file');
  });

  it('an exam file that is no YAML, or says something else', async () => {
    const file = join(folder, 'exam.yaml');
    await writeFile(file, 'name: "考试\n');
    expect(await refused({}, 'exam', 'import', file)).toContain('exam.yaml:');
    await writeFile(file, 'name: 考试\npapers: []\n');
    expect(await refused({}, 'exam', 'import', file)).toMatch(/papers[\s\S]*sessions|sessions[\s\S]*papers/);
  });
});

describe('facts', () => {
  it('prints one document with all keys that are promised', async () => {
    const facts = await kaopingJson<Record<string, object[]>>(settings, 'facts', sample);
    expect(factsSchema.parse(facts)).toEqual(facts);
    expect(Object.keys(facts).sort()).toEqual(Object.keys(factKeys).sort());
    for (const [kind, keys] of Object.entries(factKeys)) {
      for (const fact of facts[kind] ?? [])
        expect([kind, ...Object.keys(fact)]).toEqual(expect.arrayContaining([kind, ...keys]));
    }
    expect(facts.pages).not.toEqual([]);
    expect(facts.images).not.toEqual([]);
  });

  it('prints a reading for people', async () => {
    const { code, stdout } = await kaoping(settings, 'facts', sample);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ files, \d+ images, 1 pages/);
    expect(stdout).toMatch(/^index\.html +\d+ +text\/html/m);
  });
});

const sorted = (keys: string) => keys.split(' ').sort();
/** What programs may count on; a fact may say more. */
const factKeys: Record<string, string[]> = {
  files: sorted('path bytes sha256 mime extensionMatches junk used'),
  images: sorted(
    'path format width height displayWidth displayHeight frames orientation space hasAlpha alphaShare bytes meanLuma contrast entropy dominant phash decodable',
  ),
  pages: sorted('path encoding title keywords description layout elements effects'),
  documents: sorted('path kind text sections tables images hidden deleted'),
  answers: sorted('label heading text value decimals unit final unclear file where'),
  problems: sorted('path code message'),
};

describe('grade', () => {
  it('prints one breakdown of a hundred points', async () => {
    const breakdown = await kaopingJson<object>(settings, 'grade', sample, '--paper', 'PAGE-1');
    const parsed = breakdownSchema.parse(breakdown);
    expect(parsed).toEqual(breakdown);
    expect(parsed).toMatchObject({ paper: 'PAGE-1', total: { possible: 100, awarded: null } });
  });

  it('prints a line per item for people', async () => {
    const { code, stdout } = await kaoping(settings, 'grade', sample, '--paper', 'PAGE-1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^page-5\.title +\d+\/\d+ +通过/m);
    expect(stdout).toMatch(/^settled .* of 100$/m);
  });

  it('takes other 素材 than the paper’s', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty, { recursive: true });
    const graded = await kaopingJson<object>(
      settings,
      'grade',
      sample,
      '--paper',
      'PAGE-1',
      '--material',
      empty,
    );
    expect(breakdownSchema.parse(graded).total.possible).toBe(100);
  });
});

describe('rubric check', () => {
  it('says what a paper asks and who decides', async () => {
    const checked = await kaopingJson<{ points: Record<string, string> }>(
      settings,
      'rubric',
      'check',
      'OPS-1',
    );
    const sum = Object.values(checked.points).reduce((total, points) => total + Number(points), 0);
    expect(sum).toBe(100);
    const { stdout } = await kaoping(settings, 'rubric', 'check', 'OPS-1');
    expect(stdout).toMatch(/^ops-6\.bounce .* number /m);
  });

  it('of a bad paper prints every fault as file:line: reason, and ends with 1', async () => {
    const paper = join(folder, 'paper');
    await mkdir(paper, { recursive: true });
    const yaml = `id: PAGE-9
title: 坏的
module: page
minutes: 60
slots:
  home: { path: index.html, kind: page }
items:
  - { id: page-6.look, criterion: page-6, text: 美观, points: 90, by: examiner }
  - { id: page-6.more, criterion: page-99, text: 美观, points: 5, by: examiner }
`;
    await writeFile(join(paper, 'paper.yaml'), yaml);
    await writeFile(join(paper, 'task.md'), '# 任务\n');
    const { code, stdout, stderr } = await kaoping(settings, 'rubric', 'check', paper);
    expect([code, stdout]).toEqual([1, '']);
    const lines = stderr.trim().split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/paper\.yaml:\d+: \S/);
    expect(stderr).toContain(`${join(paper, 'paper.yaml')}:9: `);
  });
});
