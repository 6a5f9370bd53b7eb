import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/folder.ts';

const root = join(import.meta.dirname, '..');
const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = join(root, '.dependency-cruiser.cjs');
const rules = (createRequire(import.meta.url)(config) as { forbidden: { name: string; comment: string }[] })
  .forbidden;

/** One import that each wall must refuse: the file it stands in, and what it imports. */
const breaches: Record<string, readonly [file: string, imports: string]> = {
  'rubrics-stand-alone': ['rubrics/score.ts', '../graders/grade.ts'],
  'rubrics-import-schema-and-yaml-only': ['rubrics/load.ts', 'sharp'],
  'graders-know-no-service': ['graders/collect.ts', '../src/config.ts'],
  'checks-read-no-file': ['graders/checks/page/page-title.ts', 'node:fs'],
  'checks-use-no-collector': ['graders/checks/page/page-images.ts', '../../facts/images/collector.ts'],
  'collectors-never-judge': ['graders/facts/images/measure.ts', '../../checks/page/page-title.ts'],
  'queue-knows-no-grading': ['queue/jobs.ts', '../graders/grade.ts'],
  'nothing-imports-bin': ['src/http/app.ts', '../bin/context.ts'],
  'pages-import-schemas-only': ['src/web/main.ts', '../config.ts'],
  'foundations-know-no-stage': ['src/storage/blob-store.ts', '../exams/exams.ts'],
  'product-uses-no-test-code': ['src/exams/routes.ts', '../../test/support/app.ts'],
  'stage-exams-keeps-its-queries': ['src/intake/hand-in.ts', '../exams/queries.ts'],
  'stage-intake-keeps-its-queries': ['src/grading/work.ts', '../intake/queries.ts'],
  'stage-grading-keeps-its-queries': ['src/intake/status.ts', '../grading/queries.ts'],
  'stage-review-keeps-its-queries': ['src/intake/window.ts', '../review/queries.ts'],
  'stage-regrade-keeps-its-queries': ['src/intake/receipt.ts', '../regrade/routes.ts'],
  'stage-results-keeps-its-queries': ['src/intake/counting.ts', '../results/routes.ts'],
  'no-circles': ['src/exams/one.ts', './two.ts'],
  'imports-resolve': ['src/exams/lost.ts', './nowhere.ts'],
};

interface Violation {
  from: string;
  rule: { name: string; severity: string };
}

async function cruiseFolder(folder: string): Promise<{ violations: Violation[]; modules: number }> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cruise, '--config', config, '--output-type', 'json', 'rubrics', 'graders', 'queue', 'src'],
    { cwd: folder, maxBuffer: 2 ** 26 },
  ).catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[]; totalCruised: number } };
  return { violations: summary.violations, modules: summary.totalCruised };
}

describe('the wall around the pages', () => {
  /** The project's own rules on one file of a folder elsewhere. */
  async function lint(text: string): Promise<string> {
    const folder = await temporaryFolder();
    const rules = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
    await mkdir(join(folder, 'src/web/pages'), { recursive: true });
    await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }));
    await writeFile(join(folder, 'src/web/pages/page.tsx'), text);
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const run = promisify(execFile)(process.execPath, [biome, 'lint', 'src/web'], { cwd: folder });
    return run.then(
      () => 'fine',
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );
  }
  const importing = (from: string) =>
    `import { it } from '${from}';\nexport const Page = () => <p>{it}</p>;\n`;

  it.each([
    '../../config.ts',
    '../../exams/exams.ts',
    '../../intake/manifest.ts',
    '../../database/database.ts',
  ])('refuses %s', async (from) => {
    expect(await lint(importing(from))).toContain('schema files, or secrets end up in a browser');
  });

  it('lets schema files and the pages themselves in', async () => {
    expect(await lint(importing('../../exams/schema.ts'))).toBe('fine');
    expect(await lint(importing('../shared/size.ts'))).toBe('fine');
  });
});

describe('the walls', () => {
  let found: Awaited<ReturnType<typeof cruiseFolder>>;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    const write = async (file: string, text: string): Promise<void> => {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    };
    // What is imported first, so that a file which both imports and is imported keeps its import.
    for (const [file, target] of Object.values(breaches)) {
      if (target.startsWith('.') && !target.includes('nowhere'))
        await write(join(dirname(file), target), 'export const x = 1;\n');
    }
    for (const [file, target] of Object.values(breaches))
      await write(file, `import * as it from '${target}';\nexport const y = it;\n`);
    await write('src/exams/two.ts', "import * as one from './one.ts';\nexport const z = one;\n");
    await write('package.json', '{"type":"module","dependencies":{"sharp":"1"}}');
    await write('node_modules/sharp/package.json', '{"name":"sharp","version":"1.0.0","main":"index.js"}');
    await write('node_modules/sharp/index.js', 'module.exports = 1;\n');
    found = await cruiseFolder(folder);
  });

  it('has a breach here for each of its rules', () => {
    expect(Object.keys(breaches).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it('says why in every rule', () => {
    for (const { comment } of rules) expect(comment.length).toBeGreaterThan(20);
  });

  it.each(Object.entries(breaches))('%s refuses an import', (name, [file]) => {
    const refused = found.violations.filter((one) => one.rule.name === name && one.from === file);
    expect(refused).not.toEqual([]);
    expect(refused[0]?.rule.severity).toBe('error');
  });

  it('stands in the real tree, whose modules are really read', async () => {
    const real = await cruiseFolder(root);
    expect(real.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
    expect(real.modules).toBeGreaterThan(100);
  });
});
