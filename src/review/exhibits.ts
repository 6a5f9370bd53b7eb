import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mimeOf } from '../../graders/facts/files/mime.ts';
import { unpack } from '../../graders/unpack/unpack.ts';
import { takeWorkplace } from '../grading/children/workplace.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { FileView, WorkFile } from './schema.ts';
import { viewOf } from './view.ts';
import type { Stored, Work } from './work.ts';

/** A file of the work with the place of its bytes on this machine. */
export interface Exhibit extends WorkFile {
  readonly location: string;
}

/** The work as the graders saw it: archives opened, paths told from the work's own root, as evidence names them. */
export interface Shown {
  readonly files: readonly Exhibit[];
  readonly problems: readonly { path: string; code: string; text: string }[];
}

export interface Exhibits {
  of(work: Pick<Work, 'attemptId' | 'handedIn'>): Promise<Shown>;
  /** True types of stored files, e.g. 素材. */
  typed(files: readonly Stored[]): Promise<(Stored & { mime: string; view: FileView })[]>;
  /** Removes what was unpacked. */
  close(): Promise<void>;
}

/** Submissions that are open at the same time; what was unpacked of older ones goes. */
const kept = 24;

/** Half a gigabyte of one hand-in is unpacked for looking at; the rest is named as a problem. */
const limits = { totalBytes: 512 * 1024 ** 2, milliseconds: 30_000 };

/** @param folder for what is unpacked; what processes that died have left in it goes */
export async function openExhibits(blobs: BlobStore, folder: string): Promise<Exhibits> {
  const { folder: root, leave } = await takeWorkplace(folder);
  const opened = new Map<string, { into: string; shown: Promise<Shown> }>();

  async function show(handedIn: readonly Stored[], into: string): Promise<Shown> {
    await mkdir(into, { recursive: true });
    const placed = await Promise.all(
      handedIn.map(async ({ path, sha256 }) => ({ path, location: await locate(blobs, sha256, path) })),
    );
    const { files, problems, root: top } = await unpack(placed, into, limits);
    const sorted = files
      .filter(({ container }) => !container)
      .map((file) => ({ ...file, path: below(file.path, top) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
    return {
      files: await Promise.all(
        sorted.map(async ({ path, location, bytes, sha256 }, position) => {
          const mime = await typeOf(location, path);
          return { position, path, bytes, sha256, mime, view: viewOf(mime), location };
        }),
      ),
      problems: problems.map(({ path, code, message }) => ({ path, code, text: message })),
    };
  }

  async function forgetOldest(): Promise<void> {
    const [oldest] = opened;
    if (opened.size <= kept || oldest === undefined) return;
    opened.delete(oldest[0]);
    await oldest[1].shown.catch(() => null);
    await rm(oldest[1].into, { recursive: true, force: true });
  }

  return {
    async of({ attemptId, handedIn }) {
      const known = opened.get(attemptId);
      if (known) return known.shown;
      const into = join(root, attemptId);
      const shown = show(handedIn, into);
      opened.set(attemptId, { into, shown });
      shown.catch(() => opened.delete(attemptId));
      await forgetOldest();
      return shown;
    },
    typed: (files) =>
      Promise.all(
        files.map(async (file) => {
          const mime = await typeOf(await locate(blobs, file.sha256, file.path), file.path);
          return { ...file, mime, view: viewOf(mime) };
        }),
      ),
    close: leave,
  };
}

const below = (path: string, root: string): string =>
  root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;

const typeOf = async (location: string, path: string): Promise<string> =>
  (await mimeOf(location, path)) ?? 'application/octet-stream';

async function locate(blobs: BlobStore, sha256: string, path: string): Promise<string> {
  const location = await blobs.localPath(sha256);
  if (location === null) throw new Error(`the bytes of ${path} (${sha256}) are not in the store`);
  return location;
}
