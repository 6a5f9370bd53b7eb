import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeZip, type ZipMember } from './zip-writer.ts';

/** Content by path, `/`-separated; a path that ends in `/` is an empty folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** One hand-in of an imagined candidate. What is fair for it stands in `expected.json` beside it, written by hand. */
export interface Sample {
  /** Folder below `samples/`: the paper in lower case, then what is special. */
  readonly id: string;
  /** What the terminal uploads: the same bytes at every call. */
  submission(): Promise<Files> | Files;
}

export const sample = (id: string, submission: Sample['submission']): Sample => ({ id, submission });

/** Files as a candidate packs them on Windows: one folder named after the ticket, names as the tool writes them. */
export function packed(files: Files, folder = '', options: Partial<ZipMember> = {}): Buffer {
  const members = Object.entries(files).map(([path, data]) => ({
    name: folder === '' ? path : `${folder}/${path}`,
    data,
    // Packers leave alone what is compressed already.
    method: /\.(jpe?g|gif|png|docx|xlsx)$/i.test(path) ? ('store' as const) : ('deflate' as const),
    ...options,
  }));
  return makeZip(members);
}

/** The same files without some of them. */
export const without = (files: Files, ...paths: readonly string[]): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));

/** Notepad and Dreamweaver on Windows end lines with CR LF. */
export const windowsLines = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');

/** Writes the submission of a sample below `root`; what stood there before goes. */
export async function writeSample({ id, submission }: Sample, root: string): Promise<void> {
  const folder = join(root, id, 'submission');
  await rm(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(await submission())) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
