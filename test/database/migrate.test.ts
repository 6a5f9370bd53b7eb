import { execFile } from 'node:child_process';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { ForeignSchemaError, migrate } from '../../src/database/migrate.ts';
import { bareDatabase, databases } from '../support/backends.ts';
import { temporaryFolder } from '../support/folder.ts';
import { memoryLog } from '../support/log.ts';

const run = promisify(execFile);
const project = fileURLToPath(new URL('../..', import.meta.url));
const migrations = join(project, 'src/database/migrations');

async function query(url: string, text: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe.each(databases())('migrating, $name', ({ name }) => {
  it('is done once when many start at the same time', async () => {
    const database = await bareDatabase(name);
    const log = memoryLog();
    await Promise.all(Array.from({ length: 8 }, () => migrate(database.url, log)));
    expect(log.lines.filter((line) => line.message === 'migrated the database')).toHaveLength(1);
    const files = (await readdir(migrations)).filter((file) => file.endsWith('.sql'));
    expect(await query(database.url, 'SELECT hash FROM drizzle.__drizzle_migrations')).toHaveLength(
      files.length,
    );
    expect(await query(database.url, 'SELECT count(*)::int AS count FROM grading_result')).toEqual([
      { count: 0 },
    ]);
    await database.drop();
  });

  it('refuses a database that another version has set up', async () => {
    const database = await bareDatabase(name);
    await migrate(database.url, memoryLog());
    await query(
      database.url,
      `INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('of a later version', 9999999999999)`,
    );
    await expect(migrate(database.url, memoryLog())).rejects.toThrow(ForeignSchemaError);
    await database.drop();
  });
});

it('the committed migrations make exactly the tables of the schema', async () => {
  const out = join(await temporaryFolder(), 'migrations');
  await cp(migrations, out, { recursive: true });
  const before = await readdir(out);
  const kit = join(project, 'node_modules/drizzle-kit/bin.cjs');
  const schema = './src/database/schema/index.ts';
  const { stdout } = await run(
    process.execPath,
    [kit, 'generate', '--dialect', 'postgresql', '--schema', schema, '--out', relative(project, out)],
    { cwd: project },
  );
  expect(stdout).toContain('No schema changes');
  expect(await readdir(out)).toEqual(before);
  const journal: unknown = JSON.parse(await readFile(join(out, 'meta/_journal.json'), 'utf8'));
  expect(journal).toHaveProperty('entries.length', before.filter((name) => name.endsWith('.sql')).length);
});
