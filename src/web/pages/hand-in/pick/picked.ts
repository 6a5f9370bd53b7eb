import type { Status } from '../status.ts';

/** A file that is to be handed in, under the path it has below the chosen folder. */
export interface Picked {
  readonly path: string;
  readonly file: File;
}

export type PickedProblem = 'emptyFile' | 'shortcut' | 'lock' | 'twice' | 'tooLarge';

/** What is wrong with one file, as far as name and size tell; null when nothing is. */
function problemOf({ path, file }: Picked, limits: Status['limits']): PickedProblem | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.lnk$/i.test(name)) return 'shortcut';
  if (name.startsWith('~$')) return 'lock';
  if (file.size > limits.fileBytes) return 'tooLarge';
  return file.size === 0 ? 'emptyFile' : null;
}

/** Problems by path. Only `tooLarge` and `twice` are refused; the others may be handed in all the same. */
export function problemsOf(
  picked: readonly Picked[],
  limits: Status['limits'],
): ReadonlyMap<string, PickedProblem> {
  const found = new Map<string, PickedProblem>();
  const seen = new Set<string>();
  for (const one of picked) {
    const problem = seen.has(one.path) ? 'twice' : problemOf(one, limits);
    if (problem) found.set(one.path, problem);
    seen.add(one.path);
  }
  return found;
}

/** Adds files; one with the same path replaces the earlier one, as in a folder. */
export function merge(present: readonly Picked[], added: readonly Picked[]): Picked[] {
  const byPath = new Map([...present, ...added].map((one) => [one.path, one]));
  return [...byPath.values()].sort((a, b) => a.path.localeCompare(b.path, 'zh-CN', { numeric: true }));
}

export const sumOf = (picked: readonly Picked[]): number =>
  picked.reduce((sum, { file }) => sum + file.size, 0);
