import { Command, CommanderError } from 'commander';
import { version } from './version.ts';

/** Each command loads the rest of its code only when it runs. */
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
  () => import('./commands/audit.ts'),
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

/** 0 done, 1 the command failed or found something wrong, 2 it was called wrongly. */
try {
  await main();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const { describeFailure } = await import('./failure.ts');
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = 1;
  }
}
