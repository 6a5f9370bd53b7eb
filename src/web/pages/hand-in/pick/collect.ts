import type { Picked } from './picked.ts';

/** Files that systems leave in folders by themselves; nobody hands them in. */
const left = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX\/.*)$/i;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A directory reader gives at most a hundred entries at a time, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    found.push(...some);
  }
}

async function walk(entry: FileSystemEntry): Promise<Picked[]> {
  const path = entry.fullPath.replace(/^\/+/, '');
  if (entry.isFile) return [{ path, file: await fileOf(entry as FileSystemFileEntry) }];
  const found: Picked[] = [];
  for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) found.push(...(await walk(child)));
  return found;
}

const wanted = (picked: readonly Picked[]): Picked[] => picked.filter(({ path }) => !left.test(path));

/**
 * Everything that was dropped, folders with all that is below them, under their relative paths. Must be called in
 * the drop event itself: afterwards the browser has forgotten the entries.
 */
export function droppedFiles(transfer: DataTransfer): Promise<Picked[]> {
  const lists = [...transfer.items].map(async (item): Promise<Picked[]> => {
    const entry = item.webkitGetAsEntry();
    if (entry) return walk(entry);
    const file = item.getAsFile();
    return file ? [{ path: file.name, file }] : [];
  });
  return Promise.all(lists).then((found) => wanted(found.flat()));
}

/** Files of an `<input type=file>`, of a folder with its paths. */
export const chosenFiles = (list: FileList): Picked[] =>
  wanted([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
