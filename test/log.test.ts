import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Logs in a process of its own, as a service does, and gives back its lines. */
async function logged(statement: string): Promise<string> {
  const script = `
    import { DrizzleQueryError } from 'drizzle-orm';
    import { openLog } from '${join(import.meta.dirname, '../src/log.ts')}';
    const log = openLog('info', 'test');
    ${statement}`;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '-e', script],
    {
      cwd: join(import.meta.dirname, '..'),
    },
  );
  return stderr;
}

it('tells of a failed query what the server said, not what was sent', async () => {
  const text = await logged(`
    const cause = new Error('duplicate key');
    log.error({ err: new DrizzleQueryError('insert into "account" ("hash") values ($1)', ['$argon2id$secret'], cause) }, 'failed');`);
  expect(text).toContain('duplicate key');
  expect(text).toContain('insert into');
  expect(text).not.toContain('argon2id');
});

it('writes no secret that is logged by name', async () => {
  const text = await logged(
    `log.info({ pin: '246810', body: { token: 'kpc_abc', password: 'hidden' } }, 'seen');`,
  );
  expect(text).not.toMatch(/246810|kpc_abc|hidden/);
  expect(text).toContain('[secret]');
});
