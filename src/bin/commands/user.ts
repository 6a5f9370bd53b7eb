import type { Command } from 'commander';
import { addAccount } from '../../access/accounts.ts';
import { addApiToken } from '../../access/api-tokens.ts';
import { newPassword } from '../../access/password.ts';
import { roleSchema } from '../../access/role.ts';
import { withContext } from '../context.ts';
import { print, printJson } from '../output.ts';
import { UserError } from '../user-error.ts';

function rolesOf(text: string) {
  const roles = roleSchema.array().min(1).safeParse(text.split(','));
  if (!roles.success)
    throw new UserError(`roles must be some of ${roleSchema.options.join(',')}; got "${text}"`);
  return roles.data;
}

export function register(program: Command): void {
  const user = program.command('user').description('accounts of those who work here');
  user
    .command('add')
    .description('add an account; its password is printed once unless it comes in KAOPING_PASSWORD')
    .argument('<name>')
    .requiredOption('--roles <list>', `comma-separated: ${roleSchema.options.join(', ')}`)
    .option('--display-name <text>', 'name as people read it')
    .option('--token', 'also make an API token and print it once')
    .option('--json', 'print JSON')
    .action(
      async (
        name: string,
        options: { roles: string; displayName?: string; token?: boolean; json?: boolean },
      ) => {
        const roles = rolesOf(options.roles);
        const given = process.env.KAOPING_PASSWORD;
        const password = given ?? newPassword();
        await withContext(async ({ database }) => {
          const displayName = options.displayName ?? name;
          const { id } = await addAccount(database, {
            name,
            displayName,
            password,
            roles,
            mustChangePassword: !given,
          });
          const token = options.token
            ? await addApiToken(database, { accountId: id, name: 'cli', roles, expiresAt: null })
            : undefined;
          if (options.json)
            return printJson({
              id,
              name,
              roles,
              ...(!given && { password }),
              ...(token && { token: token.token }),
            });
          print(`${name} (${roles.join(', ')}) added as ${id}`);
          if (!given) print(`password, shown only now: ${password}`);
          if (token) print(`API token, shown only now: ${token.token}`);
        });
      },
    );
}
