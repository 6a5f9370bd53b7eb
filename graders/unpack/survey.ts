import { basename, dirname } from 'node:path/posix';
import { junkOf } from './junk.ts';
import { type PackageProblem, problem } from './problems.ts';

interface Surveyed {
  path: string;
  bytes: number;
}

/** What a candidate should know of the files themselves, once all of them are on disk: empty, a shortcut, a lock file alone. */
export function survey(files: readonly Surveyed[], shortcuts: ReadonlySet<string>): PackageProblem[] {
  const problems = [...loneLocks(files), ...sameButForCase(files)];
  for (const file of files) {
    if (junkOf(file.path) !== null) continue;
    if (file.bytes === 0) problems.push(problem('empty-file', file.path));
    else if (shortcuts.has(file.path)) problems.push(problem('shortcut-file', file.path));
  }
  return problems;
}

/** `~$x.docx` without its document (D9). Word puts `~$` over the first two characters of a longer name, Excel before it. */
function loneLocks(files: readonly Surveyed[]): PackageProblem[] {
  const locks = files.filter(({ path }) => basename(path).startsWith('~$'));
  return locks
    .filter((lock) => !files.some((file) => isLockedBy(file.path, lock.path)))
    .map(({ path }) => problem('shortcut-lock', path));
}

function isLockedBy(path: string, lock: string): boolean {
  const rest = basename(lock).slice(2);
  return (
    path !== lock && dirname(path) === dirname(lock) && junkOf(path) === null && basename(path).endsWith(rest)
  );
}

function sameButForCase(files: readonly Surveyed[]): PackageProblem[] {
  const seen = new Set<string>();
  const problems: PackageProblem[] = [];
  for (const { path } of files) {
    const key = path.toLowerCase();
    if (seen.has(key)) problems.push(problem('unsupported-case', path));
    seen.add(key);
  }
  return problems;
}
