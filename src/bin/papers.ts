import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { checks } from '../../graders/checks/registry.ts';
import { loadPaper } from '../../rubrics/load-paper.ts';
import type { Paper } from '../../rubrics/paper-schema.ts';
import { UserError } from './user-error.ts';

/** Folder of the papers that come with the project. */
export const papersFolder = join(import.meta.dirname, '../../rubrics/papers');

/** Folder of a paper given by id (`PAGE-1`) or by path. @throws UserError when there is none */
export function paperFolder(idOrPath: string): string {
  const folder =
    isAbsolute(idOrPath) || existsSync(join(idOrPath, 'paper.yaml'))
      ? idOrPath
      : join(papersFolder, idOrPath);
  if (!existsSync(join(folder, 'paper.yaml'))) {
    throw new UserError(
      `no paper "${idOrPath}": neither a folder with a paper.yaml nor one of those in ${papersFolder}`,
    );
  }
  return folder;
}

/** Loads a paper with all checks of this installation. @throws PaperError, UserError */
export function openPaper(idOrPath: string): { paper: Paper; folder: string } {
  const folder = paperFolder(idOrPath);
  return { paper: loadPaper(folder, checks), folder };
}
