import { join } from 'node:path';
import type { Command } from 'commander';
import { rotateSigningKey } from '../../intake/signing.ts';
import { withContext } from '../context.ts';
import { print, printJson } from '../output.ts';

export function register(program: Command): void {
  program
    .command('rotate-key')
    .description(
      'make a new key for receipts; services use it from their next start, old receipts still verify',
    )
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const key = await withContext(({ database, config }) =>
        rotateSigningKey(database, join(config.dataDir, 'keys')),
      );
      if (options.json) printJson({ key });
      else print(`new receipt key ${key}: restart the services to sign with it`);
    });
}
