import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { type Unpacked, type UnpackOptions, unpack } from '../../../graders/unpack/unpack.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder that goes away after the test. */
export async function scratch(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kaoping-unpack-')));
  folders.push(folder);
  return folder;
}

/** A hand-in folder with these files; intermediate folders are made. */
export async function handIn(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await scratch();
  for (const [path, data] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), data);
  }
  return folder;
}

export interface Opened extends Unpacked {
  paths: string[];
  codes: string[];
  into: string;
  text(path: string): Promise<string>;
}

/** Unpacks a source and makes the result easy to ask. */
export async function open(source: Parameters<typeof unpack>[0], options?: UnpackOptions): Promise<Opened> {
  const into = await scratch();
  const unpacked = await unpack(source, into, options);
  return {
    ...unpacked,
    into,
    paths: unpacked.files.map(({ path }) => path),
    codes: unpacked.problems.map(({ code }) => code),
    async text(path) {
      const file = unpacked.files.find((each) => each.path === path);
      if (file === undefined)
        throw new Error(`no ${path} in ${unpacked.files.map((each) => each.path).join(', ')}`);
      return readFile(file.location, 'utf8');
    },
  };
}

/** Unpacks an archive that is the whole hand-in. */
export async function openArchive(
  bytes: Uint8Array,
  options?: UnpackOptions,
  name = '43070001.zip',
): Promise<Opened> {
  const folder = await handIn({ [name]: bytes });
  return open(join(folder, name), options);
}
