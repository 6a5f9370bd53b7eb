import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { collectFacts } from '../../../graders/collect.ts';
import { grade } from '../../../graders/grade.ts';
import type { Breakdown, BreakdownItem } from '../../../rubrics/breakdown.ts';
import { versionId } from '../../../rubrics/version.ts';
import { print, printJson } from '../output.ts';
import { openPaper } from '../papers.ts';
import { table } from '../table.ts';
import { UserError } from '../user-error.ts';

const stateOf = (item: BreakdownItem): string => {
  if (item.outcome === null) return item.by === 'process' ? '监考员' : '阅卷员';
  const names = { pass: '通过', partial: '部分', fail: '不通过', unknown: '待人工' };
  return item.excused ? '免扣' : names[item.outcome];
};

function overview({ total, criteria }: Breakdown): string {
  const rows = criteria.flatMap(({ items }) =>
    items.map((item) => [
      item.id,
      `${item.proposed ?? '–'}/${item.possible}`,
      stateOf(item),
      item.reason?.text ?? '',
    ]),
  );
  const { pending } = total;
  const sum = `settled ${total.settled}  suggested ${total.suggested}  pending: examiner ${pending.examiner}, process ${pending.process}, unknown ${pending.unknown}  of ${total.possible}`;
  return [table([['item', 'points', 'state', 'reason'], ...rows]), sum].join('\n');
}

export function register(program: Command): void {
  program
    .command('grade')
    .description('grade a folder or archive under a paper and print the breakdown')
    .argument('<submission>', 'folder or archive, as a candidate handed it in')
    .requiredOption('--paper <id>', 'paper id (PAGE-1) or folder')
    .option('--material <folder>', "the 素材; the paper's own unless given")
    .option('--json', 'print the breakdown as one JSON document')
    .action(async (source: string, options: { paper: string; material?: string; json?: boolean }) => {
      if (!existsSync(source)) throw new UserError(`no such file or folder: ${source}`);
      const { paper, folder } = openPaper(options.paper);
      const material = options.material ?? join(folder, 'materials');
      if (options.material && !existsSync(material)) throw new UserError(`no such folder: ${material}`);
      const breakdown = await grade(source, paper, {
        submission: basename(source),
        attempt: 1,
        rubricVersion: versionId(paper),
        materials: await collectFacts(existsSync(material) ? material : []),
      });
      if (options.json) printJson(breakdown);
      else print(overview(breakdown));
    });
}
