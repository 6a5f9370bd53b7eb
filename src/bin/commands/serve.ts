import type { Command } from 'commander';
import { firstAdministrator } from '../../access/accounts.ts';
import { newPassword } from '../../access/password.ts';
import { closing } from '../closing.ts';
import { openContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { startServing } from '../serving.ts';
import { untilTold } from '../signals.ts';
import { startWorking } from '../working.ts';

/** Longer than a usual grading; what is not done by then is handed back to the queue. */
const graceMs = 20_000;

/** Ends in reverse: first no new hand-ins, then the work in progress, then what both stand on. */
async function serve(open: AsyncDisposableStack, json: boolean): Promise<void> {
  const told = untilTold();
  const context = open.adopt(await openContext({ name: 'serve' }), (one) => one.close());
  if (context.config.grading.inServe)
    open.adopt(await startWorking(context), (working) => working.stop(graceMs));
  const { address } = open.adopt(await startServing(context), (serving) => serving.stop());
  // Made last, right before it is printed: a start that fails half-way must not take the only password with it.
  const password = await firstAdministrator(context.database, newPassword());
  if (json) printJson({ address, ...(password && { account: 'admin', password }) });
  else {
    if (password) print(`first administrator: admin, password (shown only now): ${password}`);
    print(`kaoping listens on ${address}   API: ${address}/docs   data: ${context.config.dataDir}`);
  }
  await told;
}

async function work(open: AsyncDisposableStack): Promise<void> {
  const told = untilTold();
  const context = open.adopt(await openContext({ name: 'worker' }), (one) => one.close());
  const working = open.adopt(await startWorking(context), (one) => one.stop(graceMs));
  print(`worker with ${working.pool.size} graders`);
  await told;
}

export function register(program: Command): void {
  program
    .command('serve')
    .description('the service: HTTP, and grading too unless WORK_IN_SERVE=false; ends with SIGTERM or Ctrl-C')
    .option('--json', 'print address and first password as JSON')
    .action(({ json }: { json?: boolean }) => closing((open) => serve(open, json ?? false)));
  program
    .command('worker')
    .description('grade only, as many children as GRADERS says; ends with SIGTERM or Ctrl-C')
    .action(() => closing(work));
}
