import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filledTables, loadSnapshot } from '../../database/snapshot.ts';
import { DirectorySync } from '../../storage/directory-sync.ts';
import type { Context } from '../context.ts';
import { hashFile } from '../hash-file.ts';
import { readJson } from '../read-input.ts';
import { UserError } from '../user-error.ts';
import { type BackupIndex, backupIndexSchema, filesFolder, indexName, keptFolders } from './backup-index.ts';
import { copyNew } from './copy-file.ts';
import { savedRows } from './rows.ts';

/** Reads a backup's index and checks every byte that it names. @throws UserError naming what is damaged or missing */
async function checkBackup(folder: string): Promise<BackupIndex> {
  if (!existsSync(join(folder, indexName)))
    throw new UserError(`${folder} has no ${indexName}: it is no backup, or one that broke off`);
  const index = await readJson(join(folder, indexName), backupIndexSchema, 'index of a backup');
  const damaged: string[] = [];
  for (const { path, sha256 } of [...index.tables, ...index.files]) {
    const found = await hashFile(join(folder, path));
    if (found !== sha256) damaged.push(`  ${path}: ${found === null ? 'missing' : 'other bytes'}`);
  }
  if (damaged.length > 0)
    throw new UserError(`the backup is damaged, nothing was restored:\n${damaged.join('\n')}`);
  return index;
}

/** Any file and any row is enough to refuse: what is there belongs to somebody. */
async function requireNew({ config, database }: Context): Promise<void> {
  const filled = await filledTables(database);
  if (filled.length > 0)
    throw new UserError(`the database is in use (${filled.join(', ')}): restore wants an empty one`);
  for (const kept of keptFolders) {
    const folder = join(config.dataDir, kept);
    const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
    if (entries.some((entry) => entry.isFile()))
      throw new UserError(`${folder} is not empty: restore wants a new DATA_DIR`);
  }
}

/** As the stores make them: what was handed in is never changed, keys are for this user alone. */
const modeOf = (path: string): number => (path.startsWith(`${filesFolder}/keys/`) ? 0o600 : 0o440);

async function restoreFiles(
  { config: { dataDir } }: Context,
  folder: string,
  files: BackupIndex['files'],
  told: (count: number) => void,
): Promise<void> {
  const holders = new Set<string>();
  for (const [index, { path, sha256 }] of files.entries()) {
    const target = join(dataDir, path.slice(filesFolder.length + 1));
    await mkdir(dirname(target), { recursive: true, mode: path.includes('/keys/') ? 0o700 : 0o755 });
    const copied = await copyNew(join(folder, path), target, modeOf(path));
    if (copied.sha256 !== sha256) throw new Error(`${path} changed while it was restored`);
    holders.add(dirname(target));
    told(index + 1);
  }
  const folders = new DirectorySync(dataDir);
  for (const holder of holders) await folders.settle(holder);
}

/**
 * Restores a backup into a new installation: files first, rows last, so that no row ever names bytes that are not
 * there. Checks everything before it begins.
 * @param told called with the number of files restored so far
 * @throws UserError when the backup is damaged or the installation is not new
 */
export async function bringBack(
  context: Context,
  folder: string,
  told: (count: number) => void,
): Promise<BackupIndex> {
  await requireNew(context);
  const index = await checkBackup(folder);
  await restoreFiles(context, folder, index.files, told);
  const tables = index.tables.map(({ name, path, rows }) => ({
    table: name,
    rows: savedRows(join(folder, path), rows),
  }));
  await loadSnapshot(context.database, tables);
  return index;
}
