import type { Command } from 'commander';
import { type ChainCheck, verifyChain } from '../../audit/log.ts';
import { withContext } from '../context.ts';
import { print, printJson } from '../output.ts';

const reasons: Record<Extract<ChainCheck, { intact: false }>['reason'], string> = {
  changed: 'its hash does not fit its content: it was changed',
  missing: 'it is not there: it was taken out',
  unchained: 'it does not follow the line before: one of them was exchanged',
  'head-not-found':
    'is the last one, and none has the hash you gave: the end was cut off, or the log is another',
};

const describe = (check: ChainCheck): string =>
  check.intact
    ? `${check.events} lines, unbroken; head ${check.head}`
    : `line ${check.seq}: ${reasons[check.reason]}`;

export function register(program: Command): void {
  program
    .command('audit')
    .description('the audit log')
    .command('verify')
    .description('work out the hash chain again; ends with 1 and the first broken line if it does not hold')
    .option('--head <hash>', 'a head that an earlier verify printed: it must still be in the log')
    .option('--json', 'print JSON')
    .action(async ({ head, json }: { head?: string; json?: boolean }) => {
      const check = await withContext(({ database }) => verifyChain(database, head));
      if (json) printJson(check);
      else print(describe(check));
      if (!check.intact) process.exitCode = 1;
    });
}
