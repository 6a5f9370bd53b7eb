import type { Command } from 'commander';
import { checks } from '../../../graders/checks/registry.ts';
import type { Paper } from '../../../rubrics/paper-schema.ts';
import { versionId } from '../../../rubrics/version.ts';
import { commandOf } from '../../audit/audit.ts';
import { importRubric, publishRubric } from '../../exams/rubric-versions.ts';
import { usualAuthor } from '../author.ts';
import { withContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { openPaper, paperFolder } from '../papers.ts';
import { table } from '../table.ts';

/** Points by who decides, for the author's first look. */
function shareOut(paper: Paper): Record<string, string> {
  const sums = new Map<string, number>();
  for (const { by, points } of paper.items)
    sums.set(by, (sums.get(by) ?? 0) + Math.round(Number(points) * 100));
  return Object.fromEntries([...sums].map(([by, hundredths]) => [by, (hundredths / 100).toString()]));
}

export function register(program: Command): void {
  const rubric = program.command('rubric').description('check, import and publish papers');
  rubric
    .command('check')
    .description('load a paper and say what is wrong with it, with file, line and reason')
    .argument('<paper>', 'paper id or folder')
    .option('--json', 'print JSON')
    .action(async (idOrFolder: string, options: { json?: boolean }) => {
      const { paper } = openPaper(idOrFolder);
      const result = {
        paper: paper.id,
        title: paper.title,
        version: versionId(paper),
        items: paper.items.length,
        points: shareOut(paper),
      };
      if (options.json) return printJson(result);
      const rows = paper.items.map(({ id, points, by, check, text }) => [id, points, by, check ?? '–', text]);
      print(table([['item', 'points', 'by', 'check', 'text'], ...rows]));
      print(
        `${paper.id} ${paper.title}: ${result.items} items, points by ${JSON.stringify(result.points)}, version ${result.version}`,
      );
    });
  rubric
    .command('import')
    .description('make a draft version of a paper in the database')
    .argument('<papers...>', 'paper ids or folders')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--author <name>', 'who, for the record', usualAuthor())
    .option('--json', 'print JSON')
    .action(async (papers: string[], options: { reason: string; author: string; json?: boolean }) => {
      await withContext(async (context) => {
        const imported = [];
        for (const paper of papers) {
          imported.push(
            await importRubric(context, paperFolder(paper), checks, {
              author: options.author,
              reason: options.reason,
            }),
          );
        }
        if (options.json) return printJson(imported);
        for (const { paper, version, added } of imported)
          print(`${paper} ${version} ${added ? 'imported as draft' : 'was there already'}`);
      });
    });
  rubric
    .command('publish')
    .description('publish a draft: from then on it never changes, and exams may use it')
    .argument('<versions...>', 'version ids')
    .option('--json', 'print JSON')
    .action(async (versions: string[], options: { json?: boolean }) => {
      await withContext(async (context) => {
        const published = [];
        for (const version of versions)
          published.push({ version, ...(await publishRubric(context, version, commandOf(usualAuthor()))) });
        if (options.json) return printJson(published);
        for (const { paper, number, version } of published) print(`${paper} v${number} ${version} published`);
      });
    });
}
