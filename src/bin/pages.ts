import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');
const built = join(project, 'dist/web');

/** What the built pages depend on: their sources, the schema files they share, the words of the standard, the locked libraries. */
async function sources(): Promise<string[]> {
  const names = await readdir(join(project, 'src'), { recursive: true, withFileTypes: true });
  const found = names
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => path.startsWith(join(project, 'src/web/')) || /[-/]schema\.ts$/.test(path));
  return [...found, join(project, 'rubrics/catalogue.yaml'), join(project, 'package-lock.json')].sort();
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await sources())
    hash
      .update(path.slice(project.length))
      .update('\0')
      .update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}

/** Vite in a process of its own: what it takes is given back when it ends. @throws Error with what it said */
async function build(folder: string): Promise<void> {
  const vite = join(project, 'node_modules/vite/bin/vite.js');
  const parameters = [vite, 'build', 'src/web', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  const child = spawn(process.execPath, parameters, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listen = (chunk: Buffer): void => {
    said += chunk;
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`the pages could not be built (vite ended with ${code}): ${said.trim()}`);
}

/** Folders of earlier sources; a service that still runs on them has long read what it needs after a day. */
const keepMs = 24 * 3_600_000;

async function removeOld(present: string): Promise<void> {
  for (const name of await readdir(built)) {
    const folder = join(built, name);
    if (name === present || Date.now() - (await stat(folder)).mtimeMs < keepMs) continue;
    await rm(folder, { recursive: true, force: true });
  }
}

export interface BuiltPages {
  readonly folder: string;
  /** False: they were there already. */
  readonly built: boolean;
}

/**
 * The folder of the pages built from the present sources, which it is named after; builds them when it is missing
 * (some seconds). Several processes may ask at once: the first to finish wins, all use the same folder.
 */
export async function buildPages(): Promise<BuiltPages> {
  const digest = await digestOfSources();
  const folder = join(built, digest);
  if (existsSync(folder)) return { folder, built: false };
  await mkdir(built, { recursive: true });
  const unfinished = await mkdtemp(join(built, '.building-'));
  try {
    await build(unfinished);
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOld(digest);
  return { folder, built: true };
}
