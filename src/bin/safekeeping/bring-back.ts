import { constants, createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { filledTables, loadSnapshot } from '../../database/snapshot.ts';
import type { Context } from '../context.ts';
import { UserError } from '../user-error.ts';
import { type BackupIndex, backupIndexSchema, filesFolder, indexName, keptFolders } from './backup-index.ts';
import { hashFile } from './hash-file.ts';

/** Reads a backup's index and checks every byte that it names. @throws UserError naming what is damaged or missing */
export async function checkBackup(folder: string): Promise<BackupIndex> {
  const text = await readFile(join(folder, indexName), 'utf8').catch(() => {
    throw new UserError(`${folder} has no ${indexName}: it is no backup, or one that broke off`);
  });
  const index = backupIndexSchema.parse(JSON.parse(text));
  const damaged: string[] = [];
  for (const { path, sha256 } of [...index.tables, ...index.files]) {
    const found = await hashFile(join(folder, path)).catch(() => 'missing');
    if (found !== sha256) damaged.push(`${path} (${found === 'missing' ? 'missing' : 'other bytes'})`);
  }
  if (damaged.length > 0)
    throw new UserError(`the backup is damaged, nothing was restored: ${damaged.join(', ')}`);
  return index;
}

/** Blobs and manifests are enough to refuse: keys are made by the first start of a new installation. */
async function requireNew({ config, database }: Context): Promise<void> {
  const filled = await filledTables(database);
  if (filled.length > 0)
    throw new UserError(`the database is in use (${filled.join(', ')}): restore wants an empty one`);
  for (const kept of keptFolders) {
    const folder = join(config.dataDir, kept);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.isFile()))
      throw new UserError(`${folder} is not empty: restore wants a new DATA_DIR`);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}

/**
 * Restores a backup into a new installation: files first, rows last, so that no row ever names bytes that are not
 * there. Checks everything before it begins.
 * @throws UserError when the backup is damaged or the installation is not new
 */
export async function bringBack(
  context: Context,
  folder: string,
  told: (count: number) => void,
): Promise<BackupIndex> {
  const index = await checkBackup(folder);
  await requireNew(context);
  for (const [count, { path }] of index.files.entries()) {
    const target = join(context.config.dataDir, path.slice(filesFolder.length + 1));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(folder, path), target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(target, path.startsWith(`${filesFolder}/keys/`) ? 0o600 : 0o440);
    await syncFile(target);
    told(count + 1);
  }
  const tables = index.tables.map(({ name, path }) => ({
    table: name,
    rows: createInterface({
      input: createReadStream(join(folder, path)),
      crlfDelay: Number.POSITIVE_INFINITY,
    }),
  }));
  await loadSnapshot(context.database, tables);
  return index;
}
