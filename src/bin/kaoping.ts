import { Command, CommanderError } from 'commander';
import { UserError } from './output.ts';
import { version } from './version.ts';

/** Commands load their code only when they run: `--help` and `facts` need no database driver. */
const families = [
  () => import('./commands/serve.ts'),
  () => import('./commands/facts.ts'),
  () => import('./commands/grade.ts'),
  () => import('./commands/receipt.ts'),
  () => import('./commands/recover.ts'),
  () => import('./commands/backup.ts'),
  () => import('./commands/rubric.ts'),
  () => import('./commands/user.ts'),
  () => import('./commands/exam.ts'),
];

async function main(): Promise<void> {
  const program = new Command('kaoping')
    .description('Grades the practical exam of the vocational major 电子商务.')
    .version(version)
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  for (const load of families) (await load()).register(program);
  await program.parseAsync();
}

try {
  await main();
} catch (error) {
  if (error instanceof CommanderError) {
    // 2 for wrong usage, as shells expect; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.exitCode = 1;
    const expected = error instanceof UserError || process.env.KAOPING_TRACE === undefined;
    process.stderr.write(
      `kaoping: ${expected && error instanceof Error ? error.message : (error as Error).stack}\n`,
    );
  }
}
