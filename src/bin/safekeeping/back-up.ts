import { constants, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readSnapshot } from '../../database/snapshot.ts';
import type { Context } from '../context.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { type BackupIndex, filesFolder, indexName, keptFolders, tablesFolder } from './backup-index.ts';
import { hashFile } from './hash-file.ts';

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new UserError(`${folder} is not empty: a backup wants a folder of its own`);
}

async function saveTables({ database }: Context, folder: string): Promise<BackupIndex['tables']> {
  const tables: BackupIndex['tables'] = [];
  await mkdir(join(folder, tablesFolder), { recursive: true });
  await readSnapshot(database, async (name, rows) => {
    const path = `${tablesFolder}/${name}.jsonl`;
    let count = 0;
    await pipeline(
      async function* () {
        for await (const row of rows) {
          count += 1;
          yield `${row}\n`;
        }
      },
      createWriteStream(join(folder, path), { flush: true }),
    );
    tables.push({ name, rows: count, path, sha256: await hashFile(join(folder, path)) });
  });
  return tables;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  // `incoming` folders hold what is only half there.
  return entries
    .filter(
      (entry) => entry.isFile() && !/(^|\/)\.?incoming(\/|$)/.test(entry.parentPath.replaceAll(sep, '/')),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

async function saveFiles(
  { config }: Context,
  folder: string,
  told: (count: number) => void,
): Promise<BackupIndex['files']> {
  const files: BackupIndex['files'] = [];
  for (const kept of keptFolders) {
    for (const location of await filesBelow(join(config.dataDir, kept))) {
      const path = `${filesFolder}/${relative(config.dataDir, location).replaceAll(sep, '/')}`;
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(location, target, constants.COPYFILE_FICLONE);
      files.push({ path, bytes: (await stat(target)).size, sha256: await hashFile(target) });
      told(files.length);
    }
  }
  return files;
}

/**
 * Saves everything into an empty folder, also beside a running service: first the tables as of one moment, then the
 * files. Files only ever come, so whatever the tables name is there.
 * @param told called with the number of files saved so far
 */
export async function backUp(
  context: Context,
  folder: string,
  told: (count: number) => void,
): Promise<BackupIndex> {
  await requireEmpty(folder);
  const tables = await saveTables(context, folder);
  const files = await saveFiles(context, folder, told);
  const index: BackupIndex = {
    kind: 'kaoping-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    software: version,
    tables,
    files,
  };
  // The index comes last and at once: a backup that broke off has none and is refused.
  await writeFile(join(folder, `${indexName}.part`), JSON.stringify(index, null, 1), { flush: true });
  await rename(join(folder, `${indexName}.part`), join(folder, indexName));
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
  return index;
}
