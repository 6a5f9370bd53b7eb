import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { through } from './byte-source.ts';

export type ArchiveKind = 'zip' | 'rar' | '7z' | 'tar' | 'tar.gz';

/** How much of the beginning of a file tells what it is. */
export const headBytes = 512;

/** What a file is by its head, whatever it is called (D6: a RAR renamed to .zip); null for what is no archive. */
export async function archiveKind(head: Buffer, location: string): Promise<ArchiveKind | null> {
  if (isZip(head)) return 'zip';
  if (starts(head, 0x52, 0x61, 0x72, 0x21, 0x1a, 0x07)) return 'rar';
  if (starts(head, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)) return '7z';
  if (isTar(head)) return 'tar';
  if (starts(head, 0x1f, 0x8b, 0x08)) return (await isTarInside(location)) ? 'tar.gz' : null;
  return null;
}

/** Windows shortcuts: the binary .lnk by its header, the text .url by its name. */
export function isShortcut(path: string, head: Buffer): boolean {
  return /\.(lnk|url)$/i.test(path) || starts(head, 0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0);
}

/** Local header, empty zip, or the first part of a split one. */
function isZip(head: Buffer): boolean {
  if (!starts(head, 0x50, 0x4b)) return false;
  const mark = head.length >= 4 ? head.readUInt16LE(2) : 0;
  return mark === 0x0403 || mark === 0x0605 || mark === 0x0807;
}

function isTar(head: Buffer): boolean {
  return head.length >= 262 && head.toString('latin1', 257, 262) === 'ustar';
}

function starts(head: Buffer, ...bytes: number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

/** Gzip also packs single files (.svgz, .emz); only a tar inside makes an archive of it. */
async function isTarInside(location: string): Promise<boolean> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of through(() => createReadStream(location, { end: 64 * 1024 }), createGunzip())) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= headBytes) break;
    }
  } catch (error) {
    // Damaged or cut off: what came out before tells.
    if (error instanceof Error && 'syscall' in error) throw error;
  }
  return isTar(Buffer.concat(parts));
}
