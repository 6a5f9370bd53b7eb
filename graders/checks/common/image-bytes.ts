import { z } from 'zod';
import { type CheckInput, defineCheck } from '../../check.ts';
import type { FileFact } from '../../facts/schema.ts';
import { type Finding, findings, measured, slotReasons, slotsSchema, together } from './per-slot.ts';
import { isReadable, notAPicture, pictureIn, pictureReasons, undecodable } from './picture.ts';
import { shareSchema } from './share.ts';

/** One KB of every exam is 1024 bytes, as Windows and Photoshop count. */
const kilobyte = 1024;

const parameters = z.strictObject({
  slots: slotsSchema,
  /** The limit in KB of 1024 bytes; exactly the limit is allowed. */
  kb: z.number().positive(),
  /** A file over the limit by no more than this part of it still gets a share, and a human looks. */
  near: z
    .strictObject({ over: z.number().positive().max(0.2).default(0.02), share: shareSchema.default('1/2') })
    .optional(),
});
type Parameters = z.output<typeof parameters>;

/** `205312` ▶ `205 312`. */
const grouped = (bytes: number): string => String(bytes).replace(/\B(?=(?:\d{3})+$)/g, ' ');

function look(file: FileFact, input: CheckInput<Parameters>): Finding {
  const image = pictureIn(file, input);
  if (image === undefined) return notAPicture(file);
  if (!isReadable(image)) return undecodable(file, image);
  const { kb, near } = input.parameters;
  const limit = Math.floor(kb * kilobyte);
  // What Explorer shows: whole KB, rounded up; a candidate reads 201 KB for 205 312 bytes (B1).
  const explorer = Math.ceil(file.bytes / kilobyte);
  const values = { file: file.path, bytes: grouped(file.bytes), explorer, kb, limit: grouped(limit) };
  const evidence = [
    measured(file, '文件字节', `${values.bytes} (${explorer} KB)`, `≤ ${values.limit} (${kb} KB)`),
  ];
  const brief = `${file.path} (${explorer} KB)`;
  if (file.bytes <= limit) return { share: '1', code: 'within', values, evidence, brief };
  if (near !== undefined && file.bytes <= Math.floor(limit * (1 + near.over))) {
    return { share: near.share, code: 'near', values, evidence, brief, review: true };
  }
  return { share: '0', code: 'over', values, evidence, brief };
}

/** page-2, shop-*: the file's own bytes against a limit in KB of 1024; space on disk does not matter (B1). */
export const imageBytes = defineCheck({
  id: 'image-bytes',
  version: 1,
  parameters,
  summary: {
    zh: '图片文件的字节数是否不超过上限（1 KB = 1024 字节）。',
    en: 'Whether picture files keep a limit in bytes (1 KB is 1024 bytes).',
  },
  example: { slots: ['banner'], kb: 200, near: { over: 0.02, share: '1/2' } },
  reads: ['files', 'images'],
  reasons: {
    ...slotReasons,
    ...pictureReasons,
    within: {
      zh: '文件 {bytes} 字节（资源管理器显示 {explorer} KB），未超过上限 {kb} KB = {limit} 字节。',
      en: 'The file has {bytes} bytes (Explorer shows {explorer} KB), within {kb} KB = {limit} bytes.',
    },
    near: {
      zh: '文件 {bytes} 字节（资源管理器显示 {explorer} KB），略超上限 {kb} KB = {limit} 字节，请人工确认。',
      en: 'The file has {bytes} bytes (Explorer shows {explorer} KB), just over {kb} KB = {limit} bytes; a human must confirm.',
    },
    over: {
      zh: '文件 {bytes} 字节（资源管理器显示 {explorer} KB），上限 {kb} KB = {limit} 字节。',
      en: 'The file has {bytes} bytes (Explorer shows {explorer} KB); the limit is {kb} KB = {limit} bytes.',
    },
  },
  slots: ({ slots }) => slots,
  judge: (input) => together(findings(input, input.parameters.slots, (file) => look(file, input))),
});
