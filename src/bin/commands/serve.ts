import { join } from 'node:path';
import type { Command } from 'commander';
import { firstAdministrator } from '../../access/accounts.ts';
import { newPassword } from '../../access/password.ts';
import { openContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { startServing } from '../serving.ts';
import { untilTold } from '../signals.ts';
import { startWorking } from '../working.ts';

/** Longer than a usual grading; what is not done by then is handed back to the queue. */
const graceMs = 20_000;

export function register(program: Command): void {
  program
    .command('serve')
    .description('the service: HTTP, and grading too unless WORK_IN_SERVE=false; ends with SIGTERM or Ctrl-C')
    .option('--json', 'print address and first password as JSON lines')
    .action(async (options: { json?: boolean }) => {
      const context = await openContext({ name: 'serve' });
      try {
        const password = await firstAdministrator(context.database, newPassword());
        const serving = await startServing(context);
        const working = context.config.grading.inServe ? await startWorking(context) : null;
        if (options.json)
          printJson({ address: serving.address, ...(password && { account: 'admin', password }) });
        else {
          if (password) print(`first administrator: admin, password (shown only now): ${password}`);
          print(
            `kaoping listens on ${serving.address}   API: ${serving.address}/docs   data: ${join(context.config.dataDir)}`,
          );
        }
        await untilTold();
        // First no new hand-ins, then the work in progress.
        await serving.stop();
        await working?.stop(graceMs);
      } finally {
        await context.close();
      }
    });

  program
    .command('worker')
    .description('grade only, as many children as GRADERS says; ends with SIGTERM or Ctrl-C')
    .action(async () => {
      const context = await openContext({ name: 'worker' });
      try {
        const working = await startWorking(context);
        print(`worker with ${working.pool.size} graders`);
        await untilTold();
        await working.stop(graceMs);
      } finally {
        await context.close();
      }
    });
}
