import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { addAccount } from '../../access/accounts.ts';
import { addApiToken } from '../../access/api-tokens.ts';
import { newPassword } from '../../access/password.ts';
import { type Role, roleSchema } from '../../access/role.ts';
import { commandOf } from '../../audit/audit.ts';
import { usualAuthor } from '../author.ts';
import { withContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { UserError } from '../user-error.ts';

interface Options {
  roles: string;
  displayName?: string;
  passwordStdin?: boolean;
  token?: boolean;
  json?: boolean;
}

function rolesOf(text: string): Role[] {
  const roles = roleSchema
    .array()
    .min(1)
    .safeParse(text.split(',').map((role) => role.trim()));
  if (!roles.success)
    throw new UserError(`roles must be some of ${roleSchema.options.join(',')}; got "${text}"`);
  return roles.data;
}

/** A password in an argument would stand in the list of processes, one in the environment in every child. */
async function passwordFromInput(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  throw new UserError('--password-stdin was given, and nothing came on standard input');
}

async function add(name: string, options: Options): Promise<void> {
  const roles = rolesOf(options.roles);
  const given = options.passwordStdin ? await passwordFromInput() : null;
  const password = given ?? newPassword();
  const displayName = options.displayName ?? name;
  const added = await withContext(async ({ database }) => {
    const actor = commandOf(usualAuthor());
    const mustChangePassword = given === null;
    const { id } = await addAccount(
      database,
      { name, displayName, password, roles, mustChangePassword },
      actor,
    );
    const wanted = { accountId: id, name: 'cli', roles, expiresAt: null };
    const token = options.token ? (await addApiToken(database, wanted, actor)).token : null;
    return { id, name, roles, ...(given === null && { password }), ...(token && { token }) };
  });
  if (options.json) return printJson(added);
  print(`${name} (${roles.join(', ')}) added as ${added.id}`);
  if (added.password) print(`password, shown only now: ${added.password}`);
  if (added.token) print(`API token, shown only now: ${added.token}`);
}

export function register(program: Command): void {
  program
    .command('user')
    .description('accounts of those who work here')
    .command('add')
    .description('add an account; its password is made up and printed once unless it is given')
    .argument('<name>')
    .requiredOption('--roles <list>', `comma-separated: ${roleSchema.options.join(', ')}`)
    .option('--display-name <text>', 'name as people read it')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--token', 'also make an API token and print it once')
    .option('--json', 'print JSON')
    .action(add);
}
