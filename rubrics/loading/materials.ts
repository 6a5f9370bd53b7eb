import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paper } from '../paper-schema.ts';

export type Material = Paper['materials'][number];

/** What a desktop leaves behind by itself; it would change a version's identity without anybody's doing. */
const desktopJunk = /^(\.|~\$|thumbs\.db$|desktop\.ini$)/i;

/**
 * Every 素材 below the folder with size and SHA-256, sorted by path (`/`-separated, NFC). A missing folder is a
 * paper without 素材. `complain` hears of whatever cannot belong to a version.
 */
export function hashMaterials(folder: string, complain: (path: string, reason: string) => void): Material[] {
  if (!existsSync(folder)) return [];
  return listFiles(folder, '', complain)
    .flatMap((path) => composed(folder, path, complain))
    .map((path) => ({ path, content: readFileSync(join(folder, path)) }))
    .map(({ path, content }) => ({
      path,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function listFiles(
  folder: string,
  below: string,
  complain: (path: string, reason: string) => void,
): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(folder, path, complain);
    const reason = unfit(entry);
    if (reason === null) return [path];
    complain(path, reason);
    return [];
  });
}

/** The path in NFC, as every system finds the file; macOS lists names decomposed but opens them either way. */
function composed(folder: string, path: string, complain: (path: string, reason: string) => void): string[] {
  const name = path.normalize('NFC');
  if (existsSync(join(folder, name))) return [name];
  complain(path, 'the name is in decomposed Unicode: rename the file');
  return [];
}

function unfit(entry: Dirent): string | null {
  if (!entry.isFile()) return 'a material must be a plain file, this is a link or a device';
  if (desktopJunk.test(entry.name)) return 'left by the desktop, no material: delete it';
  return null;
}
