import { mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { readSnapshot } from '../../database/snapshot.ts';
import { DirectorySync, makeDurableFolder } from '../../storage/directory-sync.ts';
import type { Context } from '../context.ts';
import { UserError } from '../user-error.ts';
import { version } from '../version.ts';
import { type BackupIndex, filesFolder, indexName, keptFolders, tablesFolder } from './backup-index.ts';
import { copyNew, writeNew } from './copy-file.ts';

export interface BackedUp {
  readonly index: BackupIndex;
  /** Blobs whose bytes are not what their names promise: saved as they are, and to be looked at. */
  readonly damaged: readonly string[];
}

async function requireEmpty(folder: string): Promise<void> {
  await makeDurableFolder(folder);
  if ((await readdir(folder)).length > 0)
    throw new UserError(`${folder} is not empty: a backup wants a folder of its own`);
}

async function saveTables({ database }: Context, folder: string): Promise<BackupIndex['tables']> {
  const tables: BackupIndex['tables'] = [];
  await mkdir(join(folder, tablesFolder));
  await readSnapshot(database, async (name, rows) => {
    const path = `${tablesFolder}/${name}.jsonl`;
    let count = 0;
    const lines = async function* (): AsyncGenerator<Uint8Array> {
      for await (const row of rows) {
        count += 1;
        yield Buffer.from(`${row}\n`);
      }
    };
    const { sha256 } = await writeNew(lines(), join(folder, path));
    tables.push({ name, rows: count, path, sha256 });
  });
  return tables;
}

/** Files below a folder of DATA_DIR, as paths with `/`. What is only half there lies in `incoming` or begins with a dot. */
async function wholeFiles(dataDir: string, kept: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, kept), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const partial = (part: string): boolean => part === 'incoming' || part.startsWith('.');
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !path.split('/').some(partial));
}

/** Each copy waits for its flush: several at a time keep the disk busy. */
const atOnce = 16;

async function saveFiles(
  { config: { dataDir } }: Context,
  folder: string,
  told: (count: number) => void,
): Promise<BackupIndex['files']> {
  const root = join(folder, filesFolder);
  const folders = new DirectorySync(folder);
  await mkdir(root);
  const paths = (await Promise.all(keptFolders.map((kept) => wholeFiles(dataDir, kept)))).flat().sort();
  const files: BackupIndex['files'] = [];
  for (let start = 0; start < paths.length; start += atOnce) {
    const saved = await Promise.all(
      paths.slice(start, start + atOnce).map(async (path) => {
        const target = join(root, path);
        await mkdir(dirname(target), { recursive: true });
        return { path: `${filesFolder}/${path}`, ...(await copyNew(join(dataDir, path), target)) };
      }),
    );
    files.push(...saved);
    told(files.length);
  }
  const holders = new Set(files.map(({ path }) => dirname(join(folder, path))));
  for (const holder of holders) await folders.settle(holder);
  return files;
}

/** The index comes last and at once: a backup that broke off has none and is refused. */
async function writeIndex(folder: string, index: BackupIndex): Promise<void> {
  const part = join(folder, `${indexName}.part`);
  await writeFile(part, JSON.stringify(index, null, 1), { mode: 0o600, flush: true });
  await rename(part, join(folder, indexName));
  for (const holder of [join(folder, tablesFolder), folder]) {
    const directory = await open(holder, 'r');
    await directory.sync().finally(() => directory.close());
  }
}

/**
 * Saves everything into an empty folder, also beside a running service: first the tables as of one moment, then the
 * files. Files only ever come, so whatever the tables name is there. When it returns, all of it is on disk.
 * @param told called with the number of files saved so far
 * @throws UserError when the folder is not empty
 */
export async function backUp(
  context: Context,
  folder: string,
  told: (count: number) => void,
): Promise<BackedUp> {
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
  await writeIndex(folder, index);
  const blobs = `${filesFolder}/blobs/`;
  const damaged = files.filter(({ path, sha256 }) => path.startsWith(blobs) && basename(path) !== sha256);
  return { index, damaged: damaged.map(({ path }) => path.slice(filesFolder.length + 1)) };
}
