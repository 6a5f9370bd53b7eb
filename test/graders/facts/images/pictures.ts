import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll } from 'vitest';
import type { SourceFile } from '../../../../graders/facts/collector.ts';
import { mimeOf } from '../../../../graders/facts/files/mime.ts';

/** A temporary folder for one test file; `put` writes bytes there and gives the source file a collector sees. */
export function workFolder(): { put(path: string, bytes: Uint8Array | string): Promise<SourceFile> } {
  let folder = '';
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kaoping-pictures-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    async put(path, bytes) {
      const location = join(folder, `${++count}.bin`);
      await writeFile(location, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return {
        path,
        location,
        bytes: Buffer.byteLength(bytes),
        sha256,
        mime: await mimeOf(location, path),
        junk: null,
      };
    },
  };
}

/** The next number of a fixed sequence, 0 to 1: pictures must be the same on every run. */
function dice(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
}

/** A scene of overlapping boxes with camera noise, brighter to the right: no turn or flip of it equals itself. */
export function scene(width: number, height: number): Sharp {
  const next = dice();
  const boxes = Array.from({ length: 24 }, () => ({
    left: next() * 0.8,
    top: next() * 0.8,
    width: 0.1 + next() * 0.4,
    height: 0.1 + next() * 0.4,
    level: next() * 60 - 30,
  }));
  const level = (x: number, y: number): number =>
    boxes.reduce(
      (sum, box) =>
        x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height
          ? sum + box.level
          : sum,
      90 + 70 * x,
    );
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const value = level((i % width) / width, Math.floor(i / width) / height) + next() * 12;
    const clip = (share: number): number => Math.max(0, Math.min(255, value * share));
    data.set([clip(1.1), clip(1), clip(0.7)], 3 * i);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** An animation whose frames are plain colours, `size` square. */
export async function animation(colours: readonly string[], size = 40): Promise<Sharp> {
  const frames = colours.map((background) =>
    sharp({ create: { width: size, height: size, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  return sharp(await Promise.all(frames), { join: { animated: true } });
}

/** A PNG whose header states any size; its pixel data is one short stream. */
export function statedPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(65536))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
