import type { Command } from 'commander';
import { recover } from '../../intake/recover.ts';
import { withContext } from '../context.ts';
import { print, printJson, progress, progressDone } from '../output.ts';

export function register(program: Command): void {
  program
    .command('recover')
    .description(
      'rebuild rubrics, exams and hand-ins from DATA_DIR when the database is lost; safe to run twice',
    )
    .option('--dry-run', 'only read and verify; change nothing')
    .option('--json', 'print JSON')
    .action(async (options: { dryRun?: boolean; json?: boolean }) => {
      const result = await withContext((context) =>
        recover(context, options.dryRun ?? false, (count) => progress(`${count} hand-ins looked at`)),
      );
      progressDone();
      if (options.json) printJson(result);
      else {
        const { rubrics, exams, candidates, attempts, present, problems } = result;
        print(
          options.dryRun
            ? `changed nothing; found ${problems.length} problems`
            : `brought back ${attempts} hand-ins (${present} were there), ${rubrics} rubric versions, ${exams} exams, ${candidates} candidates`,
        );
        for (const { where, problem } of problems) print(`! ${where}: ${problem}`);
      }
      if (result.problems.length > 0) process.exitCode = 1;
    });
}
