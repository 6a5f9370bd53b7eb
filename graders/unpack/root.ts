import { junkOf } from './junk.ts';

/** People pack the folder, and sometimes the folder around it (D1); deeper folders belong to the work. */
const deepest = 2;

/** The folder, at most two deep, that holds every file but junk and containers; '' when there is none. */
export function commonRoot(files: readonly { path: string; container: boolean }[]): string {
  const folders = files
    .filter(({ path, container }) => !container && junkOf(path) === null)
    .map(({ path }) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  let depth = 0;
  while (depth < deepest && depth < first.length && folders.every((folder) => folder[depth] === first[depth]))
    depth += 1;
  return first.slice(0, depth).join('/');
}
