import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Collector, SourceFile } from '../collector.ts';
import { mimeOf } from '../files/mime.ts';
import type { ImageFact, ProblemFact } from '../schema.ts';
import { decodeBitmap } from './bitmap.ts';
import { decoded, formatOf, isPicture } from './format.ts';
import { headerOf } from './header.ts';
import { measure } from './measure.ts';
import { phash } from './phash.ts';
import { type Raster, reducedFile, reducedRaster } from './raster.ts';

/**
 * No picture of the exam comes near this many pixels (a phone's largest has 50 MP); what states more is a
 * decompression bomb (B22) and is never decoded.
 */
const pixelCap = 100_000_000;

/** Bitmaps are decoded in JavaScript at four bytes a pixel, so their cap is what a grading child can hold. */
const bitmapPixelCap = 30_000_000;

type Stated = Pick<ImageFact, 'width' | 'height' | 'frames' | 'orientation' | 'space' | 'hasAlpha'> & {
  /** The header itself is broken, or the file ends before what it announces. */
  readonly broken: boolean;
};

/** Formats whose header libvips does not read, or must not. */
const ownHeader = new Set(['bmp', 'psd', 'svg', 'swf', 'ico']);

const unmeasured = {
  alphaShare: 0,
  meanLuma: null,
  contrast: null,
  entropy: null,
  dominant: null,
  phash: null,
  decodable: false,
} as const;

async function beginning(location: string): Promise<Uint8Array> {
  const file = await open(location);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What the header says. A file too damaged for libvips still has its first bytes read. */
async function stated(file: SourceFile, format: string): Promise<Stated> {
  let broken = false;
  if (!ownHeader.has(format)) {
    try {
      // Without the limit here: the size must be known to refuse it by name.
      const meta = await sharp(file.location, { limitInputPixels: false, failOn: 'truncated' }).metadata();
      return {
        width: meta.width,
        height: meta.pageHeight ?? meta.height,
        frames: meta.pages ?? 1,
        orientation: meta.orientation ?? 1,
        space: meta.space,
        hasAlpha: meta.hasAlpha,
        broken,
      };
    } catch {
      // libvips refuses a GIF or WebP that ends early as a whole; its first bytes still tell the size.
      broken = true;
    }
  }
  const header = headerOf(format, await beginning(file.location));
  const { width, height } = header;
  return { width, height, frames: 1, orientation: 1, space: header.space ?? 'srgb', hasAlpha: false, broken };
}

const decode = async (file: SourceFile, format: string): Promise<Raster> =>
  format === 'bmp'
    ? reducedRaster(decodeBitmap(await readFile(file.location)))
    : reducedFile(file.location, pixelCap);

function refusal(file: SourceFile, format: string, about: Stated): ProblemFact | null {
  const { path } = file;
  const cap = format === 'bmp' ? bitmapPixelCap : pixelCap;
  if (decoded.has(format) && about.width * about.height > cap) {
    const size = `${about.width}×${about.height}`;
    return {
      path,
      code: 'bomb',
      message: `图片声明的尺寸为 ${size} 像素，超出可以安全解码的上限，未解码，请人工查看。`,
    };
  }
  return about.broken ? damaged(path) : null;
}

const damaged = (path: string): ProblemFact => ({
  path,
  code: 'truncated',
  message: '图片不完整或已损坏，无法解码到最后一行，请人工查看原文件。',
});

async function factOf(
  file: SourceFile,
  format: string,
): Promise<{ fact: ImageFact; problem: ProblemFact | null }> {
  const about = await stated(file, format);
  const turned = about.orientation >= 5;
  const { broken: _, ...size } = about;
  const known = {
    path: file.path,
    sha256: file.sha256,
    format,
    ...size,
    displayWidth: turned ? about.height : about.width,
    displayHeight: turned ? about.width : about.height,
    bytes: file.bytes,
  };
  const refused = refusal(file, format, about);
  // Of a PSD, SVG or film nothing is wrong: its format says why nobody looked at its pixels.
  if (refused !== null || !decoded.has(format))
    return { fact: { ...known, ...unmeasured }, problem: refused };
  let raster: Raster;
  try {
    raster = await decode(file, format);
  } catch {
    // Whatever a decoder says about bytes that a stranger made, the examiner's way is the same: look at the file.
    return { fact: { ...known, ...unmeasured }, problem: damaged(file.path) };
  }
  const { luma, ...measures } = measure(raster);
  const hash = phash(luma, raster.width, raster.height, about.orientation);
  return { fact: { ...known, ...measures, phash: hash, decodable: true }, problem: null };
}

/**
 * Pictures: true format, size from the header, and statistics from one decode to a reduced raster.
 * A damaged picture is a fact with `decodable: false` and a problem; a file that only claims to be a picture
 * by its name is a problem alone.
 */
export const imageCollector: Collector<ImageFact> = {
  name: 'images',
  version: 1,
  libraries: ['sharp', 'bmp-js', 'file-type'],
  scope: 'file',
  accepts: isPicture,
  async collect(files) {
    const facts: ImageFact[] = [];
    const problems: ProblemFact[] = [];
    for (const file of files) {
      const format = formatOf(file.mime ?? (await mimeOf(file.location, file.path)));
      if (format === null) {
        problems.push({
          path: file.path,
          code: 'unsupported',
          message: '扩展名是图片，内容却不是任何图片格式。',
        });
        continue;
      }
      const { fact, problem } = await factOf(file, format);
      facts.push(fact);
      if (problem !== null) problems.push(problem);
    }
    return { facts, problems };
  },
};
