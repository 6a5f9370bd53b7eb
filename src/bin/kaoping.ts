import './thread-pool.ts';
import { Command, CommanderError } from 'commander';
import { version } from './version.ts';

interface Family {
  register(program: Command): void;
}

/** By the first word: a command loads its own code and no other, so that `facts` starts without a database driver. */
const families: Readonly<Record<string, () => Promise<Family>>> = {
  serve: () => import('./commands/serve.ts'),
  worker: () => import('./commands/serve.ts'),
  facts: () => import('./commands/facts.ts'),
  grade: () => import('./commands/grade.ts'),
  'verify-receipt': () => import('./commands/receipt.ts'),
  'rotate-key': () => import('./commands/rotate-key.ts'),
  recover: () => import('./commands/recover.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/backup.ts'),
  rubric: () => import('./commands/rubric.ts'),
  user: () => import('./commands/user.ts'),
  exam: () => import('./commands/exam.ts'),
  audit: () => import('./commands/audit.ts'),
};

async function main(words: readonly string[]): Promise<void> {
  const program = new Command('kaoping')
    .description('Grades the practical exam of the vocational major 电子商务.')
    .version(version)
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  const named = families[words[0] ?? ''];
  const wanted = await Promise.all((named ? [named] : Object.values(families)).map((load) => load()));
  for (const family of new Set(wanted)) family.register(program);
  await program.parseAsync(words, { from: 'user' });
}

/** 0 done, 1 the command failed or found something wrong, 2 it was called wrongly. */
try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const { describeFailure } = await import('./failure.ts');
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = 1;
  }
}
